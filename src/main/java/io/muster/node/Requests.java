package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Effect;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The callers that wait for this replica's core: by request id, by log index, by applied index. For the event loop. */
final class Requests {

    private record Appended(long term, Caller<Consensus.Committed> caller) {}

    private final List<Input.Proposal> newProposals = new ArrayList<>();
    private final Map<Long, Caller<Consensus.Committed>> proposed = new HashMap<>();
    private final TreeMap<Long, Appended> appended = new TreeMap<>();
    private final Map<Optional<Input.Voucher>, List<Caller<Long>>> newReads = new LinkedHashMap<>();
    private final Map<Long, List<Caller<Long>>> reads = new HashMap<>();
    private final TreeMap<Long, List<CompletableFuture<Long>>> awaited = new TreeMap<>();
    private long lastId;

    void add(Event.Write write) {
        newProposals.add(new Input.Proposal(++lastId, write.command()));
        proposed.put(lastId, write.caller());
    }

    void add(Event.ReadPoint read) {
        newReads.computeIfAbsent(Optional.ofNullable(read.voucher()), any -> new ArrayList<>())
                .add(read.caller());
    }

    /** The writes that were added since the last call, as one batch; null for none. */
    Input.@Nullable Propose takeProposals() {
        if (newProposals.isEmpty()) {
            return null;
        }
        Input.Propose batch = new Input.Propose(newProposals);
        newProposals.clear();
        return batch;
    }

    /** What was added since the last call: one read, under a fresh id, for all that have the same voucher, or none. */
    List<Input.Read> takeReads() {
        List<Input.Read> taken = new ArrayList<>();
        newReads.forEach((voucher, callers) -> {
            reads.put(++lastId, callers);
            taken.add(new Input.Read(lastId, voucher.orElse(null)));
        });
        newReads.clear();
        return taken;
    }

    void accepted(Effect.Accept accept) {
        appended.put(accept.index(), new Appended(accept.term(), remove(proposed, accept.id())));
    }

    void rejected(Effect.RejectProposal reject) {
        remove(proposed, reject.id()).fail(new ConsensusException.NoQuorum("this replica does not lead"));
    }

    /** What another leader appends takes the place of all that stood there and behind it. */
    void appending(Effect.Append append) {
        Entry first = append.entries().getFirst();
        Iterator<Appended> fromThereOn =
                appended.tailMap(first.index(), true).values().iterator();
        while (fromThereOn.hasNext()) {
            Appended waiting = fromThereOn.next();
            if (waiting.term() != first.term()) {
                fromThereOn.remove();
                failSuperseded(waiting.caller());
            }
        }
    }

    /** A snapshot takes the place of all that was in the log: what became of these commands cannot be told. */
    void installing() {
        List<Appended> waiting = List.copyOf(appended.values());
        appended.clear();
        waiting.forEach(command -> failSuperseded(command.caller()));
    }

    void confirmed(Effect.ConfirmRead confirm) {
        remove(reads, confirm.id()).forEach(read -> read.succeed(confirm.index()));
    }

    void rejected(Effect.RejectRead reject) {
        ConsensusException failure = new ConsensusException.NoQuorum("no majority confirmed this leader");
        remove(reads, reject.id()).forEach(read -> read.fail(failure));
    }

    void await(long index, long appliedIndex, CompletableFuture<Long> result) {
        if (index <= appliedIndex) {
            result.complete(appliedIndex);
        } else {
            awaited.computeIfAbsent(index, any -> new ArrayList<>()).add(result);
        }
    }

    /** A command is its caller's only if index and term are those it was given; another has taken its place else. */
    void applied(Entry entry, Bytes result) {
        Appended waiting = appended.remove(entry.index());
        if (waiting == null) {
            return;
        }
        if (waiting.term() == entry.term()) {
            waiting.caller().succeed(new Consensus.Committed(entry.index(), result));
        } else {
            failSuperseded(waiting.caller());
        }
    }

    private static void failSuperseded(Caller<Consensus.Committed> caller) {
        caller.fail(new ConsensusException.OutcomeUnknown("the leader changed"));
    }

    void appliedUpTo(long index) {
        Map<Long, List<CompletableFuture<Long>>> reached = awaited.headMap(index, true);
        List<CompletableFuture<Long>> ready =
                reached.values().stream().flatMap(List::stream).toList();
        reached.clear();
        ready.forEach(waiting -> waiting.complete(index));
    }

    /** Lets go of those who gave up waiting. */
    void forgetExpired() {
        awaited.values().forEach(waiting -> waiting.removeIf(CompletableFuture::isDone));
        awaited.values().removeIf(List::isEmpty);
    }

    private static <T> T remove(Map<Long, T> map, long id) {
        T found = map.remove(id);
        if (found == null) {
            throw new IllegalStateException("no request has the id " + id);
        }
        return found;
    }
}
