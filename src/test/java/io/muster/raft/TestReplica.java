package io.muster.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real core that carries out its effects on a test disk and a test network. */
final class TestReplica {

    private record Held(long write, Envelope envelope) {}

    private final RaftConfig config;
    private final List<Watcher> watchers;
    private final List<Envelope> network;
    private final TestDisk disk = new TestDisk();
    private final List<Entry> log = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Input> reports = new ArrayDeque<>();
    private @Nullable RaftCore core;
    private long applied;

    TestReplica(RaftConfig config, List<Watcher> watchers, List<Envelope> network) {
        this.config = config;
        this.watchers = watchers;
        this.network = network;
    }

    NodeId id() {
        return config.self();
    }

    int majority() {
        return config.majority();
    }

    TestDisk disk() {
        return disk;
    }

    /** The log as the core has it, durable or not. */
    List<Entry> log() {
        return log;
    }

    long applied() {
        return applied;
    }

    boolean isUp() {
        return core != null;
    }

    boolean leads() {
        return core != null && core.status().role() == Role.LEADER;
    }

    RaftStatus status() {
        return running().status();
    }

    private RaftCore running() {
        if (core == null) {
            throw new AssertionError("node " + id() + " is down");
        }
        return core;
    }

    /** Starts with what the disk holds and with a state machine that kept this much. */
    void start(long keptApplied, Input.Tick now) {
        log.clear();
        log.addAll(disk.log());
        applied = keptApplied;
        core = new RaftCore(config, disk.restored(keptApplied));
        step(now);
    }

    void crash() {
        core = null;
        held.clear();
        reports.clear();
        disk.crash();
        watchers.forEach(watcher -> watcher.crashed(this));
    }

    void step(Input input) {
        Watcher.View before = new Watcher.View(status(), applied);
        List<Effect> effects = running().step(input);
        requireOneAnswer(input, effects);
        for (Effect effect : effects) {
            watchers.forEach(watcher -> watcher.sees(this, effect));
            carryOut(input, effect);
        }
        watchers.forEach(watcher -> watcher.stepped(this, before));
        releaseHeld();
    }

    private static void requireOneAnswer(Input input, List<Effect> effects) {
        boolean asked = input instanceof Input.Receive receive && receive.message() instanceof Message.Request;
        long answers = effects.stream().filter(Effect.Answer.class::isInstance).count();
        if (answers != (asked ? 1 : 0)) {
            throw new AssertionError(answers + " answers to " + input);
        }
    }

    private void carryOut(Input input, Effect effect) {
        switch (effect) {
            case Effect.PersistVote vote -> disk.write(vote);
            case Effect.Append append -> {
                TestDisk.replaceTail(log, append.entries());
                disk.write(append);
            }
            case Effect.Send send -> hold(send.after(), send.to(), send.message());
            case Effect.Answer answer -> hold(answer.after(), ((Input.Receive) input).from(), answer.message());
            case Effect.Fetch fetch ->
                reports.addLast(
                        new Input.Fetched(fetch.peer(), fetch.term(), disk.read(fetch.fromIndex(), fetch.maxBytes())));
            case Effect.Apply apply -> applied = apply.lastIndex();
            case Effect.Accept accept -> {}
            case Effect.RejectProposal reject -> {}
            case Effect.ConfirmRead confirm -> {}
            case Effect.RejectRead reject -> {}
            case Effect.ReportDenial denial -> throw new AssertionError("nobody loses what it has acknowledged");
            case Effect.SendSnapshot send -> throw new AssertionError("no log is cut here");
            case Effect.InstallSnapshot install -> throw new AssertionError("no log is cut here");
            case Effect.CutLog cut -> throw new AssertionError("no log is cut here");
        }
    }

    private void hold(Effect.After after, NodeId to, Message message) {
        held.addLast(new Held(disk.writeFor(after), new Envelope(id(), to, message)));
    }

    private void releaseHeld() {
        List<Held> durable = held.stream()
                .filter(message -> message.write() <= disk.syncedWrites())
                .toList();
        held.removeAll(durable);
        for (Held message : durable) {
            watchers.forEach(watcher -> watcher.leaves(this, message.envelope()));
            network.add(message.envelope());
        }
    }

    /** Syncs the oldest writes; the core hears of it by {@link #report}. */
    void sync(int count) {
        Input.Persisted report = disk.sync(count);
        if (report != null) {
            reports.addLast(report);
        }
        releaseHeld();
    }

    /** Tells the core of one thing that its disk has done. */
    boolean report() {
        Input report = reports.pollFirst();
        if (report != null) {
            step(report);
        }
        return report != null;
    }
}
