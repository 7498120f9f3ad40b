package io.muster.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.MessageLite;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Bytes;
import io.muster.raft.Effect;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import io.muster.raft.InvariantViolation;
import io.muster.raft.LogStart;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.Payload;
import io.muster.raft.RaftConfig;
import io.muster.raft.RaftCore;
import io.muster.raft.RaftStatus;
import io.muster.raft.Restored;
import io.muster.raft.Role;
import io.muster.raft.TermStart;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import io.muster.transport.proto.TimeoutNowRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the mapping lets through never breaks an invariant of the core, but for the two that are evidence of lost safety
 * (docs/decisions/0011): another leader of the same term, and another entry in the place of a committed one.
 */
class HostileNumbersTest {

    private static final int ROUNDS = 2_000;
    private static final int MESSAGES_A_ROUND = 6;
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);
    private static final long SECOND = 1_000_000_000;

    /** Ten entries, of term 3 and, from the sixth on, of term 5. */
    private static final Restored RESTORED =
            new Restored(5, null, LogStart.ZERO, List.of(new TermStart(1, 3), new TermStart(6, 5)), 10, 1_000, 4);

    private static final List<String> EVIDENCE = List.of(" beside node ", "committed entries are never replaced");

    /** A core in the middle of its life, and what it has sent. */
    private static final class Subject {

        private final RaftCore core = new RaftCore(
                new RaftConfig(
                        ONE, Set.of(ONE, TWO, THREE), SECOND, SECOND / 10, 1 << 20, 64, 4 << 20, 0, false, 10 * SECOND),
                RESTORED);
        private final List<Message.Request> sent = new ArrayList<>();
        private final List<Effect.Fetch> fetches = new ArrayList<>();
        private long nowNanos = SECOND;
        private long lastSent;

        Subject(Role role) {
            pass(0);
            if (role != Role.FOLLOWER) {
                pass(3 * SECOND);
            }
            if (role == Role.CANDIDATE || role == Role.LEADER) {
                step(new Input.Receive(TWO, new Message.PreVoteReply(6, true)));
            }
            if (role == Role.LEADER) {
                step(new Input.Receive(TWO, new Message.VoteReply(6, true)));
                step(new Input.Propose(List.of(new Input.Proposal(1, Bytes.EMPTY))));
                step(new Input.Persisted(12, 6));
                step(new Input.Read(1, null));
            }
            assertThat(core.status().role()).isEqualTo(role);
        }

        void pass(long nanos) {
            nowNanos += nanos;
            step(new Input.Tick(nowNanos, 1_700_000_000_000L, 0.5));
        }

        void step(Input input) {
            RaftStatus before = core.status();
            for (Effect effect : core.step(input)) {
                switch (effect) {
                    case Effect.Send(NodeId _, Message.Request message, Effect.After _) -> note(message);
                    case Effect.Fetch fetch -> fetches.add(fetch);
                    default -> {}
                }
            }
            RaftStatus after = core.status();
            assertThat(after.term()).isGreaterThanOrEqualTo(before.term()).isLessThanOrEqualTo(ProtoMapping.MAX_NUMBER);
            assertThat(after.commitIndex()).isBetween(before.commitIndex(), after.lastIndex());
        }

        private void note(Message.Request message) {
            sent.add(message);
            if (message instanceof Message.AppendEntries append) {
                lastSent = Math.max(
                        lastSent, append.prevLogIndex() + append.entries().size());
            }
        }

        /** Something that came over the wire, as the core gets it; null where it was refused at the door. */
        @Nullable
        Message garbage(RandomGenerator random) {
            try {
                return random.nextInt(3) == 0 ? request(random) : reply(random);
            } catch (IllegalArgumentException refused) {
                return null;
            }
        }

        private Message request(RandomGenerator random) {
            long term = core.status().term() + random.nextInt(2);
            MessageLite seed = switch (random.nextInt(5)) {
                case 0 -> ProtoMapping.toProto(new Message.PreVote(term + 1, 10, 5));
                case 1 -> ProtoMapping.toProto(new Message.RequestVote(term + 1, 10, 5));
                case 2 -> ProtoMapping.toProto(new Message.TimeoutNow(term));
                case 3 -> ProtoMapping.toProto(new Message.Heartbeat(term, 8, 3));
                default -> ProtoMapping.toProto(entries(term, random));
            };
            return switch (HostileMessagesTest.withNumbers(seed, random)) {
                case RequestVoteRequest vote -> ProtoMapping.fromProto(vote);
                case HeartbeatRequest heartbeat -> ProtoMapping.fromProto(heartbeat);
                case AppendEntriesRequest append -> ProtoMapping.fromProto(append);
                case TimeoutNowRequest handOver -> ProtoMapping.fromProto(handOver);
                default -> throw new AssertionError(seed);
            };
        }

        private static Message.AppendEntries entries(long term, RandomGenerator random) {
            long prev = random.nextInt(12);
            List<Entry> entries = new ArrayList<>();
            for (long index = prev + 1; index <= prev + random.nextInt(4); index++) {
                entries.add(new Entry(index, term, 2_000, new Payload.NoOp()));
            }
            return new Message.AppendEntries(term, prev, prev == 0 ? 0 : prev < 6 ? 3 : 5, entries, prev);
        }

        /** An answer to something that was sent, with other numbers. */
        private Message reply(RandomGenerator random) {
            if (sent.isEmpty()) {
                throw new IllegalArgumentException("nothing was asked");
            }
            long term = core.status().term();
            return switch (sent.get(random.nextInt(sent.size()))) {
                case Message.PreVote vote ->
                    ProtoMapping.fromProto(
                            vote(new Message.PreVoteReply(vote.term(), true), random), ProtoMapping.toProto(vote));
                case Message.RequestVote vote ->
                    ProtoMapping.fromProto(
                            vote(new Message.VoteReply(vote.term(), true), random), ProtoMapping.toProto(vote));
                case Message.Heartbeat heartbeat ->
                    ProtoMapping.fromProto(
                            (HeartbeatResponse) HostileMessagesTest.withNumbers(
                                    ProtoMapping.heartbeatToProto(new Message.HeartbeatReply(term, heartbeat.round())),
                                    random),
                            heartbeat);
                case Message.TimeoutNow _ -> new Message.TimeoutNowReply(term);
                case Message.AppendEntries append -> {
                    Message.Reply answer = random.nextBoolean()
                            ? new Message.Appended(term, append.prevLogIndex())
                            : new Message.AppendRefused(term, append.prevLogIndex(), 3, 3);
                    yield ProtoMapping.fromProto(
                            (AppendEntriesResponse)
                                    HostileMessagesTest.withNumbers(ProtoMapping.appendToProto(answer), random),
                            lastSent);
                }
            };
        }

        private static RequestVoteResponse vote(Message.Reply answer, RandomGenerator random) {
            return (RequestVoteResponse) HostileMessagesTest.withNumbers(ProtoMapping.voteToProto(answer), random);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"FOLLOWER", "PRE_CANDIDATE", "CANDIDATE", "LEADER"})
    void breakNoInvariantOfTheCore(Role role) {
        Rounds.run("RaftCore, " + role, ROUNDS, random -> {
            Subject subject = new Subject(role);
            try {
                return breakNothing(subject, random);
            } catch (InvariantViolation violation) {
                if (EVIDENCE.stream().noneMatch(String.valueOf(violation.getMessage())::contains)) {
                    throw violation;
                }
                return false;
            }
        });
    }

    private static boolean breakNothing(Subject subject, RandomGenerator random) {
        boolean any = false;
        for (int i = 0; i < MESSAGES_A_ROUND; i++) {
            Message message = subject.garbage(random);
            if (message != null) {
                any = true;
                subject.step(new Input.Receive(random.nextBoolean() ? TWO : THREE, message));
            }
            if (random.nextInt(3) == 0) {
                subject.pass(new Mutations(random, List.of(new byte[1])).number() & (2 * SECOND - 1));
            }
        }
        return any;
    }

    @Test
    void stopTheReplicaWhereTheyAreEvidenceOfTwoLeaders() {
        Subject subject = new Subject(Role.FOLLOWER);
        subject.step(new Input.Receive(TWO, new Message.Heartbeat(6, 0, 1)));

        assertThatExceptionOfType(InvariantViolation.class)
                .isThrownBy(() -> subject.step(new Input.Receive(THREE, new Message.Heartbeat(6, 0, 1))))
                .withMessageContaining(EVIDENCE.getFirst());
    }
}
