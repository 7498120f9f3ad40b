package io.muster.raft;

import io.muster.raft.Effect.After;
import java.util.List;

/** Brings a follower's log up to the leader's (paper section 5.3), pipelined within its window. */
final class Replication {

    private final CoreState state;

    Replication(CoreState state) {
        this.state = state;
    }

    /** Sends what the follower lacks, as far as its window allows. */
    void send(NodeId peer, Progress progress) {
        while (progress.maySend() && (progress.nextIndex() <= state.log.lastIndex() || progress.probing())) {
            sendNext(peer, progress);
        }
    }

    /** Finds out by an empty request whether what is unanswered has arrived; entries would pile up on a slow connection. */
    void check(NodeId peer, Progress progress) {
        if (!progress.mayCheck(state.nowNanos())) {
            return;
        }
        if (isCut(progress)) {
            sendSnapshot(peer, progress);
        } else {
            progress.checked(state.nowNanos() + state.config.electionTimeoutNanos());
            emitRequest(peer, progress, List.of());
        }
    }

    /** Whether the log no longer holds what a request to this follower begins with (paper section 7). */
    private boolean isCut(Progress progress) {
        return progress.nextIndex() <= state.log.startIndex();
    }

    private void sendSnapshot(NodeId peer, Progress progress) {
        progress.snapshotBegun();
        state.emit(new Effect.SendSnapshot(peer, state.term()));
    }

    /** Lets the follower know of a new commit index at once, so that a read there need not wait for a heartbeat. */
    void announceCommit(NodeId peer, Progress progress) {
        send(peer, progress);
        if (!progress.probing() && progress.maySend() && progress.commitSent() < state.commitIndex()) {
            sendNext(peer, progress);
        }
    }

    private void sendNext(NodeId peer, Progress progress) {
        if (isCut(progress)) {
            sendSnapshot(peer, progress);
            return;
        }
        long next = progress.nextIndex();
        if (next <= state.log.lastIndex() && !state.log.holds(next)) {
            progress.fetchBegun();
            state.emit(new Effect.Fetch(peer, state.term(), next, state.config.maxAppendBytes()));
            return;
        }
        emitRequest(peer, progress, state.log.entriesFrom(next, state.config.maxAppendBytes()));
    }

    private void emitRequest(NodeId peer, Progress progress, List<Entry> entries) {
        long prev = progress.nextIndex() - 1;
        Message.AppendEntries request =
                new Message.AppendEntries(state.term(), prev, state.log.termAt(prev), entries, state.commitIndex());
        int bytes = entries.stream().mapToInt(Entry::size).sum();
        progress.sent(request.lastIndex(), bytes, state.commitIndex());
        state.emit(new Effect.Send(peer, request, After.NOTHING));
    }

    /**
     * Entries from the durable log have come; none where they were cut meanwhile, and stale ones where the follower was
     * sought elsewhere.
     */
    void fetched(NodeId peer, Progress progress, List<Entry> entries) {
        progress.fetched();
        boolean wanted = !entries.isEmpty() && entries.getFirst().index() == progress.nextIndex();
        if (wanted && progress.maySend() && !isCut(progress)) {
            emitRequest(peer, progress, entries);
        }
        send(peer, progress);
    }
}
