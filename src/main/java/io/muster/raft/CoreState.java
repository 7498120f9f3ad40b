package io.muster.raft;

import static io.muster.raft.InvariantViolation.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one replica (paper figure 2, state) and the effects that the current step has collected so far. The rules
 * that change it stand in {@link Elections}, {@link Following}, {@link Leading} and {@link Replication}.
 */
final class CoreState {

    final RaftConfig config;
    final RaftLog log;
    private final List<Effect> effects = new ArrayList<>();
    private long term;
    private @Nullable NodeId votedFor;
    private boolean voteChanged;
    private long commitIndex;
    private long applyIndex;
    private long nowNanos;
    private long wallMillis;
    private double jitter;
    private RoleState role = new RoleState.Follower(null, 0, Long.MAX_VALUE);

    CoreState(RaftConfig config, Restored restored) {
        this.config = config;
        this.log = new RaftLog(restored, config.cacheBytes());
        this.term = restored.term();
        this.votedFor = restored.votedFor();
        this.commitIndex = restored.appliedIndex();
        this.applyIndex = restored.appliedIndex();
        require(term >= log.lastTerm(), "the term is never behind the log's");
        require(commitIndex <= log.lastIndex(), "the state machine is never ahead of the log");
        require(commitIndex >= log.startIndex(), "the state machine is never behind the start of the log");
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    /** The effects of the step that ends here. Term and vote come first, as one record: what follows relies on them. */
    List<Effect> takeEffects() {
        List<Effect> taken = new ArrayList<>();
        if (voteChanged) {
            taken.add(new Effect.PersistVote(term, votedFor));
            voteChanged = false;
        }
        taken.addAll(effects);
        effects.clear();
        return List.copyOf(taken);
    }

    long term() {
        return term;
    }

    /** Enters a newer term, in which no vote is given yet. */
    void enterTerm(long newTerm) {
        require(newTerm > term, "terms never go back: " + newTerm + " after " + term);
        term = newTerm;
        votedFor = null;
        voteChanged = true;
    }

    boolean mayVoteFor(NodeId candidate) {
        return votedFor == null || votedFor.equals(candidate);
    }

    void voteFor(NodeId candidate) {
        require(mayVoteFor(candidate), "one vote a term");
        voteChanged |= votedFor == null;
        votedFor = candidate;
    }

    long commitIndex() {
        return commitIndex;
    }

    /** Commits up to {@code index}. */
    void commit(long index) {
        require(index <= log.lastIndex(), "an entry that is not in the log cannot be committed");
        commitIndex = Math.max(commitIndex, index);
        applyWhatIsDurable();
    }

    /** Entries are applied once they are committed and durable here, so that the state never gets ahead of its log. */
    void applyWhatIsDurable() {
        long index = Math.min(commitIndex, log.durableIndex());
        if (index > applyIndex) {
            applyIndex = index;
            emit(new Effect.Apply(index));
        }
    }

    /** Takes up what a snapshot covers, in place of what was committed and applied so far. */
    void install(LogStart last) {
        require(last.index() > commitIndex, "a snapshot never takes back what is committed");
        log.restart(last, nowNanos);
        commitIndex = last.index();
        applyIndex = last.index();
        emit(new Effect.InstallSnapshot(last));
    }

    /** Forgets entries whose effect the state machine's own disk holds. */
    void compact(long index) {
        require(index <= applyIndex, "only what is applied can be cut");
        if (index > log.startIndex()) {
            log.cutUpTo(index);
            emit(new Effect.CutLog(index));
        }
    }

    /** Whether the disk has made no progress for too long. Its leader would take writes that nobody ever confirms. */
    boolean diskStalls() {
        return log.unsyncedForNanos(nowNanos) >= config.diskStallNanos();
    }

    long nowNanos() {
        return nowNanos;
    }

    long wallMillis() {
        return wallMillis;
    }

    void time(Input.Tick tick) {
        require(tick.nowNanos() >= nowNanos || nowNanos == 0, "the steady clock never goes back");
        nowNanos = tick.nowNanos();
        wallMillis = tick.wallMillis();
        jitter = tick.jitter();
    }

    /** A moment one randomised election timeout from now (paper section 5.2). Drawn once for each wait. */
    long electionTimeoutFromNow() {
        return nowNanos + config.electionTimeoutNanos() + fractionOfTimeout(jitter);
    }

    /** A moment soon, but not the same on every replica: for when the leader is known to be gone. */
    long soon() {
        return nowNanos + fractionOfTimeout((0.1 + jitter) / 4);
    }

    /** As {@link #soon}, but late enough for votes that are still on their way. */
    long soonAfterSplit() {
        return nowNanos + fractionOfTimeout((0.5 + jitter) / 2);
    }

    private long fractionOfTimeout(double fraction) {
        return (long) (config.electionTimeoutNanos() * fraction);
    }

    RoleState role() {
        return role;
    }

    void become(RoleState next) {
        role = next;
    }

    RaftStatus status() {
        return new RaftStatus(
                config.self(),
                role.role(),
                term,
                role.leader(),
                commitIndex,
                log.durableIndex(),
                log.lastIndex(),
                diskStalls());
    }
}
