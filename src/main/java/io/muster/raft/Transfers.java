package io.muster.raft;

import io.muster.raft.Effect.After;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands leadership over, so that a planned stop costs no election timeout (dissertation section 3.10). */
final class Transfers {

    private static final int TRIES_IN_AN_ELECTION_TIMEOUT = 2;

    private final CoreState state;

    Transfers(CoreState state) {
        this.state = state;
    }

    /** Begins with the follower whose log is furthest; proposals are refused from now on, so that it can catch up. */
    void begin(Leadership leadership) {
        if (leadership.transfer() != null) {
            return;
        }
        candidate(leadership, null).ifPresent(target -> leadership.transfer(new Transfer(target, endOfTry())));
        goOn(leadership);
    }

    /** Asks the target to stand once it holds all that this leader does. */
    void goOn(Leadership leadership) {
        Transfer transfer = leadership.transfer();
        if (transfer == null || transfer.asked()) {
            return;
        }
        if (leadership.progressOf(transfer.target()).matchIndex() == state.log.lastIndex()) {
            transfer.ask();
            leadership.lease().end();
            state.emit(new Effect.Send(transfer.target(), new Message.TimeoutNow(state.term()), After.NOTHING));
        }
    }

    /** Turns to the next follower when time is up; once all were tried, this replica leads on. */
    void tick(Leadership leadership) {
        Transfer transfer = leadership.transfer();
        if (transfer == null || !transfer.expired(state.nowNanos())) {
            return;
        }
        Optional<NodeId> next = candidate(leadership, transfer);
        if (next.isPresent()) {
            transfer.turnTo(next.get(), endOfTry());
            goOn(leadership);
        } else {
            leadership.transfer(null);
        }
    }

    /** Proposals are refused meanwhile, so that two tries are to take no longer than an election would. */
    private long endOfTry() {
        return state.nowNanos() + state.config.electionTimeoutNanos() / TRIES_IN_AN_ELECTION_TIMEOUT;
    }

    private Optional<NodeId> candidate(Leadership leadership, @Nullable Transfer transfer) {
        return leadership.progress().entrySet().stream()
                .filter(follower -> transfer == null || !transfer.hasTried(follower.getKey()))
                .filter(follower ->
                        state.nowNanos() - follower.getValue().lastContactNanos() < state.config.electionTimeoutNanos())
                .max(Comparator.comparingLong(follower -> follower.getValue().matchIndex()))
                .map(Map.Entry::getKey);
    }
}
