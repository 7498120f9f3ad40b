package io.muster.transport;

import static io.muster.transport.ProtoMapping.MAX_NUMBER;
import static io.muster.transport.ProtoMapping.MAX_TIME_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.raft.Message;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.LogEntry;
import io.muster.transport.proto.NoOp;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that no correct replica sends, each of which would hurt the core. */
class ImpossibleMessagesTest {

    private static final Message.Heartbeat HEARTBEAT = new Message.Heartbeat(5, 3, 9);
    private static final RequestVoteRequest PRE_VOTE = ProtoMapping.toProto(new Message.PreVote(5, 7, 4));
    private static final RequestVoteRequest VOTE = ProtoMapping.toProto(new Message.RequestVote(5, 7, 4));
    private static final long LAST_SENT = 40;

    /** A message, as the mapping is asked to take it. */
    record Impossible(String what, Runnable mapped) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Impossible> messages() {
        return Stream.of(requests(), entries(), answers()).flatMap(some -> some);
    }

    private static Stream<Impossible> requests() {
        return Stream.of(
                vote("a term of 2^64 - 1", VOTE.toBuilder().setTerm(-1)),
                vote("a term beside which there is no next", VOTE.toBuilder().setTerm(Long.MAX_VALUE)),
                vote("a term at the bound", VOTE.toBuilder().setTerm(MAX_NUMBER)),
                vote("term 0", RequestVoteRequest.newBuilder()),
                vote(
                        "a candidate whose log is of its own term",
                        VOTE.toBuilder().setLastLogTerm(5)),
                vote("a log with a term and no entry", VOTE.toBuilder().setLastLogIndex(0)),
                heartbeat("a round of 2^63", heartbeat().setRound(Long.MIN_VALUE)),
                heartbeat("round 0", heartbeat().setRound(0)),
                heartbeat("a commit index of 2^63", heartbeat().setLeaderCommit(Long.MIN_VALUE)));
    }

    private static Impossible vote(String what, RequestVoteRequest.Builder vote) {
        return new Impossible(what, () -> ProtoMapping.fromProto(vote.build()));
    }

    private static HeartbeatRequest.Builder heartbeat() {
        return ProtoMapping.toProto(HEARTBEAT).toBuilder();
    }

    private static Impossible heartbeat(String what, HeartbeatRequest.Builder heartbeat) {
        return new Impossible(what, () -> ProtoMapping.fromProto(heartbeat.build()));
    }

    private static Stream<Impossible> entries() {
        return Stream.of(
                append("an index in front of 2^63", append(Long.MAX_VALUE - 1, 4)),
                append("a previous entry of a later term", append(7, 6)),
                append("a previous term without an entry", append(0, 4)),
                append("terms that decrease", append(7, 4).addEntries(entry(8, 3, 100))),
                append("a term that is none", append(7, 4).addEntries(entry(8, 0, 100))),
                append("an entry of a later term than its leader", append(7, 4).addEntries(entry(8, 6, 100))),
                append("an index twice", append(7, 4).addEntries(entry(8, 4, 1)).addEntries(entry(8, 4, 1))),
                append("a hole", append(7, 4).addEntries(entry(9, 4, 1))),
                append("a stamp before 1970", append(7, 4).addEntries(entry(8, 4, -1))),
                append("a stamp that overflows", append(7, 4).addEntries(entry(8, 4, MAX_TIME_MILLIS))),
                append(
                        "stamps that decrease",
                        append(7, 4).addEntries(entry(8, 4, 2)).addEntries(entry(9, 4, 1))),
                append(
                        "an entry that carries nothing",
                        append(7, 4).addEntries(entry(8, 4, 1).clearPayload())));
    }

    private static AppendEntriesRequest.Builder append(long prevLogIndex, long prevLogTerm) {
        return AppendEntriesRequest.newBuilder()
                .setTerm(5)
                .setPrevLogIndex(prevLogIndex)
                .setPrevLogTerm(prevLogTerm);
    }

    private static LogEntry.Builder entry(long index, long term, long timeMillis) {
        return LogEntry.newBuilder()
                .setIndex(index)
                .setTerm(term)
                .setTimeMillis(timeMillis)
                .setNoOp(NoOp.getDefaultInstance());
    }

    private static Impossible append(String what, AppendEntriesRequest.Builder append) {
        return new Impossible(what, () -> ProtoMapping.fromProto(append.build()));
    }

    private static Stream<Impossible> answers() {
        return Stream.of(
                answer("a vote where a pre-vote was asked for", PRE_VOTE, answer(5, true, false)),
                answer("a pre-vote where a vote was asked for", VOTE, answer(5, true, true)),
                answer("a vote for another term", VOTE, answer(6, true, false)),
                answer("a term of 2^63", VOTE, answer(Long.MIN_VALUE, false, false)),
                answer(
                        "the answer to a round to come",
                        HeartbeatResponse.newBuilder().setTerm(5).setRound(10)),
                answer(
                        "an answer of another term",
                        HeartbeatResponse.newBuilder().setTerm(6).setRound(9)),
                answer(
                        "the answer to a round of 2^63",
                        HeartbeatResponse.newBuilder().setTerm(5).setRound(1L << 63)),
                answer("a match behind what was sent", appended(LAST_SENT + 1)),
                answer("a match of 2^64 - 1", appended(-1)),
                answer("a refusal of what was not sent", refused(LAST_SENT + 1, 3)),
                answer("a hint of a later term", refused(7, 6)));
    }

    private static RequestVoteResponse.Builder answer(long term, boolean granted, boolean preVote) {
        return RequestVoteResponse.newBuilder()
                .setTerm(term)
                .setGranted(granted)
                .setPreVote(preVote);
    }

    private static Impossible answer(String what, RequestVoteRequest asked, RequestVoteResponse.Builder answer) {
        return new Impossible(what, () -> ProtoMapping.fromProto(answer.build(), asked));
    }

    private static Impossible answer(String what, HeartbeatResponse.Builder answer) {
        return new Impossible(what, () -> ProtoMapping.fromProto(answer.build(), HEARTBEAT));
    }

    private static AppendEntriesResponse.Builder appended(long matchIndex) {
        return AppendEntriesResponse.newBuilder().setTerm(5).setSuccess(true).setMatchIndex(matchIndex);
    }

    private static AppendEntriesResponse.Builder refused(long prevLogIndex, long hintTerm) {
        return AppendEntriesResponse.newBuilder()
                .setTerm(5)
                .setPrevLogIndex(prevLogIndex)
                .setHintIndex(2)
                .setHintTerm(hintTerm);
    }

    private static Impossible answer(String what, AppendEntriesResponse.Builder answer) {
        return new Impossible(what, () -> ProtoMapping.fromProto(answer.build(), LAST_SENT));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void areRefused(Impossible message) {
        assertThatIllegalArgumentException().isThrownBy(message.mapped::run);
    }

    @Test
    void differByOneNumberFromThoseThatAreTaken() {
        assertThat(ProtoMapping.fromProto(VOTE)).isNotNull();
        assertThat(ProtoMapping.fromProto(heartbeat().build())).isEqualTo(HEARTBEAT);
        assertThat(ProtoMapping.fromProto(
                        append(7, 4).addEntries(entry(8, 4, 100)).build()))
                .isNotNull();
        assertThat(ProtoMapping.fromProto(answer(5, true, false).build(), VOTE)).isNotNull();
        assertThat(ProtoMapping.fromProto(appended(LAST_SENT).build(), LAST_SENT))
                .isNotNull();
        assertThat(ProtoMapping.fromProto(refused(LAST_SENT, 3).build(), LAST_SENT))
                .isNotNull();
    }
}
