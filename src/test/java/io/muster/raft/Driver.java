package io.muster.raft;

import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.MILLI;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.WALL_MILLIS;
import static io.muster.raft.Fixtures.config;

import java.util.List;

/**
 * Steps one core, node A, and keeps its clock. It has been up for one election timeout, and waits for one more. Election
 * timeouts are the shortest unless a test says otherwise.
 */
final class Driver {

    private static final double ALMOST_TWICE = 0.9999;

    private final RaftCore core;
    private long nowMillis = 1;

    private Driver(RaftConfig config, Restored restored) {
        this.core = new RaftCore(config, restored);
        passMillis(0, ALMOST_TWICE);
    }

    /** A replica that has just started. */
    static Driver started(RaftConfig config, Restored restored) {
        return new Driver(config, restored);
    }

    static Driver follower(RaftConfig config, Restored restored) {
        Driver driver = started(config, restored);
        driver.passMillis(ELECTION_TIMEOUT_MILLIS);
        return driver;
    }

    static Driver follower(long term, long... terms) {
        return follower(config(A, THREE), Fixtures.restored(term, Fixtures.entries(terms)));
    }

    /** A pre-candidate for the term behind {@code term}. */
    static Driver preCandidate(long term, long... terms) {
        Driver driver = follower(term, terms);
        driver.passMillis(ELECTION_TIMEOUT_MILLIS);
        return driver;
    }

    /** Of three, and with B's pre-vote: a candidate in the term behind {@code term}. */
    static Driver candidate(long term, long... terms) {
        Driver driver = preCandidate(term, terms);
        driver.receive(B, new Message.PreVoteReply(term + 1, true));
        return driver;
    }

    /** Of three: leads the term behind {@code term}, with its no-op on the way to the disk and to both followers. */
    static Driver leader(long term, long... terms) {
        return leader(config(A, THREE), Fixtures.restored(term, Fixtures.entries(terms)));
    }

    static Driver leader(RaftConfig config, Restored restored) {
        Driver driver = follower(config, restored);
        driver.passMillis(ELECTION_TIMEOUT_MILLIS);
        for (NodeId voter : config.voters()) {
            driver.receive(voter, new Message.PreVoteReply(restored.term() + 1, true));
        }
        for (NodeId voter : config.voters()) {
            driver.receive(voter, new Message.VoteReply(restored.term() + 1, true));
        }
        return driver;
    }

    List<Effect> step(Input input) {
        return core.step(input);
    }

    List<Effect> receive(NodeId from, Message message) {
        return core.step(new Input.Receive(from, message));
    }

    List<Effect> persisted(long index, long term) {
        return core.step(new Input.Persisted(index, term));
    }

    List<Effect> passMillis(long millis) {
        return passMillis(millis, 0);
    }

    List<Effect> passMillis(long millis, double jitter) {
        nowMillis += millis;
        return core.step(new Input.Tick(nowMillis * MILLI, WALL_MILLIS, jitter));
    }

    RaftStatus status() {
        return core.status();
    }

    static Effect answer(Message.Reply reply, Effect.After after) {
        return new Effect.Answer(reply, after);
    }

    static Effect send(NodeId to, Message.Request request) {
        return new Effect.Send(to, request, Effect.After.NOTHING);
    }

    static Effect append(Entry... entries) {
        return new Effect.Append(List.of(entries));
    }

    static Message.AppendEntries appendEntries(
            long term, long prevLogIndex, long prevLogTerm, long leaderCommit, Entry... entries) {
        return new Message.AppendEntries(term, prevLogIndex, prevLogTerm, List.of(entries), leaderCommit);
    }
}
