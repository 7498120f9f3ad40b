package io.muster.node;

import io.muster.raft.Effect;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import io.muster.raft.Message;
import io.muster.raft.RaftCore;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;
import io.muster.storage.DurableLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Steps the core, one turn at a time: looks at the clock, drains the mailbox, carries out the effects, and starts one
 * write of all that is to be durable. {@link #post} is thread-safe; all else happens on the loop. The mailbox has no bound
 * of its own: requests and peer messages take room from a {@link Budget} before they are posted, and everything else
 * answers something this replica has sent or begun.
 */
final class EventLoop {

    private static final int MAX_EVENTS_A_TURN = 1024;

    private final Queue<Event> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turnDue = new AtomicBoolean();
    private final RaftCore core;
    private final Clock clock;
    private final RandomGenerator random;
    private final Workers workers;
    private final Transport transport;
    private final DurableLog log;
    private final Persister persister;
    private final Outbox outbox;
    private final Applier applier;
    private final StateDigests digests;
    private final StateComparison comparison;
    private final Compaction compaction;
    private final SnapshotTransfers snapshots;
    private final Requests requests = new Requests();
    private final Deadlines deadlines;
    private final List<CompletableFuture<Void>> transfers = new ArrayList<>();
    private final FatalHandler fatal;
    private final ReplicaObserver observer;
    private volatile RaftStatus raftStatus;
    private volatile long appliedIndex;
    private volatile boolean halted;

    /** Drives what it is given; the persister and the applier report to {@link #post}. */
    EventLoop(ReplicaParts parts, RaftCore core, RandomGenerator random, ReplicaOptions options) {
        this.core = core;
        this.clock = parts.clock();
        this.random = random;
        this.workers = parts.workers();
        this.transport = parts.transport();
        this.log = parts.log();
        this.fatal = parts.fatal();
        this.observer = parts.observer();
        this.deadlines = new Deadlines(options.requestTimeout().toNanos());
        this.persister = new Persister(parts, this::post);
        this.outbox = new Outbox(persister);
        this.digests = new StateDigests(parts.stateMachine());
        this.comparison = new StateComparison(options.raft(), parts, digests, this::post);
        this.applier = new Applier(parts, digests, options.maxApplyBytes(), this::post);
        this.compaction = new Compaction(parts, options.logBudgetBytes(), this::post);
        this.snapshots = new SnapshotTransfers(parts, options.snapshotBytesPerSecond(), this::term, this::post);
        this.raftStatus = core.status();
        this.appliedIndex = applier.appliedIndex();
    }

    RaftStatus raftStatus() {
        return raftStatus;
    }

    private long term() {
        return raftStatus.term();
    }

    long appliedIndex() {
        return appliedIndex;
    }

    SnapshotTransfers snapshots() {
        return snapshots;
    }

    StateDigests digests() {
        return digests;
    }

    StateComparison comparison() {
        return comparison;
    }

    /** Leaves the event to the next turn; drops it when the loop has halted. */
    void post(Event event) {
        mailbox.add(event);
        wakeUp();
    }

    boolean halted() {
        return halted;
    }

    /** Takes no further turn, and leaves the log sealed. On the loop. */
    void halt() {
        halted = true;
        snapshots.stop();
        persister.sealLast();
    }

    private void wakeUp() {
        if (!halted && turnDue.compareAndSet(false, true)) {
            workers.loop().execute(this::turn);
        }
    }

    /** Runs one turn, whether or not anything has been posted. */
    void turn() {
        turnDue.set(false);
        if (halted) {
            return;
        }
        try {
            step(new Input.Tick(clock.nanoTime(), clock.wallMillis(), random.nextDouble()));
            if (deadlines.expire(clock.nanoTime())) {
                requests.forgetExpired();
            }
            drain();
            stepIfAny(requests.takeProposals());
            requests.takeReads().forEach(this::step);
            persister.writeIfIdle(applier.isApplying());
            publish(core.status());
            snapshots.goOn(raftStatus);
            if (raftStatus.role() != Role.LEADER) {
                transfers.forEach(handedOver -> handedOver.complete(null));
                transfers.clear();
            }
        } catch (RuntimeException | Error e) {
            halted = true;
            fatal.fatal(e);
        }
        if (!mailbox.isEmpty()) {
            wakeUp();
        }
    }

    private void publish(RaftStatus now) {
        RaftStatus before = raftStatus;
        raftStatus = now;
        if (now.role() != before.role()
                || now.term() != before.term()
                || !Objects.equals(now.leader(), before.leader())) {
            observer.changed(before, now);
        }
    }

    /** What is due when nothing else happens, and every now and then. */
    void tidyUp() {
        persister.sealIfIdle();
        compaction.beginIfDue();
    }

    private void drain() {
        for (int taken = 0; taken < MAX_EVENTS_A_TURN; taken++) {
            Event event = mailbox.poll();
            if (event == null) {
                return;
            }
            handle(event);
        }
    }

    private void handle(Event event) {
        switch (event) {
            case Event.PeerRequest request ->
                step(new Input.Receive(request.from(), request.message()), request.answer());
            case Event.PeerReply reply -> step(new Input.Receive(reply.from(), reply.reply()));
            case Event.OutboundClosed closed -> step(new Input.OutboundClosed(closed.peer()));
            case Event.InboundClosed closed -> step(new Input.InboundClosed(closed.peer()));
            case Event.Write write -> {
                expectInTime(
                        write.caller().result(),
                        () -> new ConsensusException.OutcomeUnknown("no majority answered in time"));
                requests.add(write);
            }
            case Event.ReadPoint read -> {
                expectInTime(
                        read.caller().result(), () -> new ConsensusException.NoQuorum("no majority answered in time"));
                requests.add(read);
            }
            case Event.Transfer transfer -> {
                expectInTime(
                        transfer.result(), () -> new ConsensusException.NoQuorum("no follower takes over in time"));
                transfers.add(transfer.result());
                step(new Input.TransferLeadership());
            }
            case Event.Await await -> {
                expectInTime(await.result(), () -> new ConsensusException.NoQuorum("this replica lags behind"));
                requests.await(await.index(), appliedIndex, await.result());
            }
            case Event.Persisted persisted -> persisted(persisted);
            case Event.Fetched fetched -> step(new Input.Fetched(fetched.peer(), fetched.term(), fetched.entries()));
            case Event.Applied applied -> applied(applied);
            case Event.SnapshotReceived received -> {
                step(new Input.SnapshotReceived(received.term(), received.last()));
                if (!persister.installs()) {
                    snapshots.received().refused();
                }
            }
            case Event.SnapshotEnded ended ->
                step(new Input.SnapshotEnded(ended.peer(), ended.term(), ended.lastIndex()));
            case Event.Flushed flushed -> step(new Input.Compact(compaction.flushed(flushed.last())));
            case Event.OnLoop continued -> continued.next().run();
        }
    }

    private void expectInTime(CompletableFuture<?> result, Supplier<ConsensusException> failure) {
        deadlines.add(clock.nanoTime(), result, failure);
    }

    private void persisted(Event.Persisted persisted) {
        persister.written(persisted.sequence());
        outbox.releaseDurable();
        if (persisted.installed() != null) {
            installed(persisted.installed().index());
        }
        if (persisted.last() != null) {
            step(persisted.last());
        }
    }

    private void installed(long index) {
        appliedIndex = index;
        comparison.installed();
        applier.installed(index);
        requests.appliedUpTo(index);
        snapshots.received().installed();
        observer.snapshotInstalled(index);
    }

    private void applied(Event.Applied applied) {
        long index = applied.entries().getLast().index();
        appliedIndex = index;
        for (int i = 0; i < applied.entries().size(); i++) {
            requests.applied(applied.entries().get(i), applied.results().get(i));
        }
        requests.appliedUpTo(index);
        applier.applied(index);
    }

    private void stepIfAny(@Nullable Input input) {
        if (input != null) {
            step(input);
        }
    }

    private void step(Input input) {
        step(input, reply -> {
            throw new IllegalStateException("nothing was asked that could be answered by " + reply);
        });
    }

    private void step(Input input, Consumer<Message.Reply> answer) {
        List<Effect> effects = core.step(input);
        for (Effect effect : effects) {
            carryOut(effect, answer);
        }
    }

    private void carryOut(Effect effect, Consumer<Message.Reply> answer) {
        switch (effect) {
            case Effect.PersistVote vote -> persister.add(vote);
            case Effect.Append append -> {
                persister.add(append);
                requests.appending(append);
            }
            case Effect.Send send -> outbox.add(send.after(), () -> transport.send(send.to(), send.message()));
            case Effect.Answer reply -> outbox.add(reply.after(), () -> answer.accept(reply.message()));
            case Effect.Apply apply -> applier.applyUpTo(apply.lastIndex());
            case Effect.Fetch fetch -> workers.fetcher().execute(() -> fetch(fetch));
            case Effect.ReportDenial denial -> observer.followerDenies(denial.peer(), denial.lastIndex());
            case Effect.SendSnapshot send -> snapshots.begin(send.peer(), send.term());
            case Effect.InstallSnapshot install -> {
                persister.add(install);
                applier.suspend();
                requests.installing();
            }
            case Effect.CutLog cut -> persister.add(cut);
            case Effect.Accept accept -> requests.accepted(accept);
            case Effect.RejectProposal reject -> requests.rejected(reject);
            case Effect.ConfirmRead confirm -> requests.confirmed(confirm);
            case Effect.RejectRead reject -> requests.rejected(reject);
        }
    }

    private void fetch(Effect.Fetch fetch) {
        try {
            post(new Event.Fetched(fetch.peer(), fetch.term(), read(fetch)));
        } catch (RuntimeException | Error e) {
            fatal.fatal(e);
        }
    }

    /** What was asked for may have been superseded since; then this replica has ceased to lead, and nobody waits. */
    private List<Entry> read(Effect.Fetch fetch) {
        try {
            return log.read(fetch.fromIndex(), log.lastIndex(), fetch.maxBytes());
        } catch (IllegalArgumentException superseded) {
            return List.of();
        }
    }
}
