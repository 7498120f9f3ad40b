package io.muster.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageLite;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.Payload;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.InstallSnapshotRequest;
import io.muster.transport.proto.InstallSnapshotResponse;
import io.muster.transport.proto.LogEntry;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import io.muster.transport.proto.StateDigestsResponse;
import io.muster.transport.proto.TimeoutNowRequest;
import io.muster.transport.proto.TimeoutNowResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages between replicas out of bytes and numbers that nobody meant. */
class HostileMessagesTest {

    private static final int ROUNDS = 5_000;
    private static final long LAST_SENT = 40;
    private static final Message.Heartbeat HEARTBEAT = new Message.Heartbeat(5, 3, 9);
    private static final Message.PreVote PRE_VOTE = new Message.PreVote(5, 7, 4);
    private static final Message.RequestVote VOTE = new Message.RequestVote(5, 7, 4);

    /**
     * One kind of message.
     *
     * @param decoder from bytes of the wire to the core's message
     */
    record Kind(String name, MessageLite empty, Decoder<?> decoder, List<MessageLite> seeds) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Reads a message off the wire. */
    private interface Parser<P> {
        P parse(byte[] input) throws IOException;
    }

    /** What the wire's own format does not allow ends the call before the mapping is asked. */
    private static <P, M> Decoder<M> decoder(
            Parser<P> parser, Function<P, M> fromProto, Function<M, ? extends MessageLite> toProto) {
        return new Decoder<>(
                IllegalArgumentException.class,
                input -> {
                    try {
                        return fromProto.apply(parser.parse(input));
                    } catch (IOException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                message -> toProto.apply(message).toByteArray());
    }

    private static MessageLite requestToProto(Message.Request request) {
        return switch (request) {
            case Message.PreVote vote -> ProtoMapping.toProto(vote);
            case Message.RequestVote vote -> ProtoMapping.toProto(vote);
            case Message.Heartbeat heartbeat -> ProtoMapping.toProto(heartbeat);
            case Message.AppendEntries append -> ProtoMapping.toProto(append);
            case Message.TimeoutNow handOver -> ProtoMapping.toProto(handOver);
        };
    }

    private static Kind answerToVote(String name, RequestVoteRequest asked, Message.Reply... seeds) {
        return new Kind(
                name,
                RequestVoteResponse.getDefaultInstance(),
                decoder(
                        RequestVoteResponse::parseFrom,
                        proto -> ProtoMapping.fromProto(proto, asked),
                        ProtoMapping::voteToProto),
                Stream.of(seeds).<MessageLite>map(ProtoMapping::voteToProto).toList());
    }

    static List<Kind> kinds() {
        return List.of(
                new Kind(
                        "RequestVoteRequest",
                        RequestVoteRequest.getDefaultInstance(),
                        decoder(
                                RequestVoteRequest::parseFrom,
                                ProtoMapping::fromProto,
                                HostileMessagesTest::requestToProto),
                        List.of(ProtoMapping.toProto(PRE_VOTE), ProtoMapping.toProto(VOTE))),
                answerToVote(
                        "answer to a pre-vote",
                        ProtoMapping.toProto(PRE_VOTE),
                        new Message.PreVoteReply(5, true),
                        new Message.PreVoteReply(0, false)),
                answerToVote(
                        "answer to a vote",
                        ProtoMapping.toProto(VOTE),
                        new Message.VoteReply(5, true),
                        new Message.VoteReply(8, false)),
                new Kind(
                        "HeartbeatRequest",
                        HeartbeatRequest.getDefaultInstance(),
                        decoder(HeartbeatRequest::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(ProtoMapping.toProto(HEARTBEAT))),
                new Kind(
                        "HeartbeatResponse",
                        HeartbeatResponse.getDefaultInstance(),
                        decoder(
                                HeartbeatResponse::parseFrom,
                                proto -> ProtoMapping.fromProto(proto, HEARTBEAT),
                                ProtoMapping::heartbeatToProto),
                        List.of(
                                ProtoMapping.heartbeatToProto(new Message.HeartbeatReply(5, 9)),
                                ProtoMapping.heartbeatToProto(new Message.HeartbeatReply(6, 0)))),
                new Kind(
                        "TimeoutNowRequest",
                        TimeoutNowRequest.getDefaultInstance(),
                        decoder(TimeoutNowRequest::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(ProtoMapping.toProto(new Message.TimeoutNow(5)))),
                new Kind(
                        "TimeoutNowResponse",
                        TimeoutNowResponse.getDefaultInstance(),
                        decoder(
                                TimeoutNowResponse::parseFrom,
                                ProtoMapping::fromProto,
                                ProtoMapping::timeoutNowToProto),
                        List.of(ProtoMapping.timeoutNowToProto(new Message.TimeoutNowReply(5)))),
                new Kind(
                        "AppendEntriesRequest",
                        AppendEntriesRequest.getDefaultInstance(),
                        decoder(AppendEntriesRequest::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(
                                ProtoMapping.toProto(append(0, 0, 5)),
                                ProtoMapping.toProto(append(7, 4, 40)),
                                ProtoMapping.toProto(append(7, 4, 0)))),
                new Kind(
                        "AppendEntriesResponse",
                        AppendEntriesResponse.getDefaultInstance(),
                        decoder(
                                AppendEntriesResponse::parseFrom,
                                proto -> ProtoMapping.fromProto(proto, LAST_SENT),
                                ProtoMapping::appendToProto),
                        List.of(
                                ProtoMapping.appendToProto(new Message.Appended(5, 40)),
                                ProtoMapping.appendToProto(new Message.AppendRefused(5, 7, 5, 3)))),
                new Kind(
                        "InstallSnapshotRequest",
                        InstallSnapshotRequest.getDefaultInstance(),
                        decoder(InstallSnapshotRequest::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(
                                ProtoMapping.toProto(
                                        new SnapshotChunk(5, -1, 900, 400, Bytes.copyOf(new byte[500]), 7)),
                                ProtoMapping.toProto(new SnapshotChunk(5, 1, 900, 900, Bytes.EMPTY, 0)))),
                new Kind(
                        "InstallSnapshotResponse",
                        InstallSnapshotResponse.getDefaultInstance(),
                        decoder(InstallSnapshotResponse::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(
                                ProtoMapping.toProto(new SnapshotProgress(5, 400, false)),
                                ProtoMapping.toProto(new SnapshotProgress(6, 0, true)))),
                new Kind(
                        "StateDigestsResponse",
                        StateDigestsResponse.getDefaultInstance(),
                        decoder(StateDigestsResponse::parseFrom, ProtoMapping::fromProto, ProtoMapping::toProto),
                        List.of(
                                ProtoMapping.toProto(List.of(new StateDigest(0, Bytes.copyOf(new byte[16])))),
                                ProtoMapping.toProto(List.of(
                                        new StateDigest(256, Bytes.copyOf(new byte[16])),
                                        new StateDigest(300, Bytes.EMPTY))))));
    }

    static Message.AppendEntries append(long prevLogIndex, long prevLogTerm, int count) {
        List<Entry> entries = LongStream.rangeClosed(prevLogIndex + 1, prevLogIndex + count)
                .mapToObj(index -> new Entry(
                        index,
                        4 + index / 30,
                        1_700_000_000_000L + index,
                        index % 3 == 0 ? new Payload.NoOp() : new Payload.Command(Bytes.copyOf(new byte[(int) index]))))
                .toList();
        return new Message.AppendEntries(9, prevLogIndex, prevLogTerm, entries, prevLogIndex);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bytesAreRefusedOrMeanWhatTheySay(Kind kind) {
        List<byte[]> seeds = kind.seeds.stream().map(MessageLite::toByteArray).toList();
        Rounds.run(kind + ", bytes", ROUNDS, random -> kind.decoder.judge(new Mutations(random, seeds).next()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void numbersAreRefusedOrMeanWhatTheySay(Kind kind) {
        Rounds.run(kind + ", numbers", ROUNDS, random -> {
            MessageLite seed = kind.seeds.get(random.nextInt(kind.seeds.size()));
            return kind.decoder.judge(withNumbers(seed, random).toByteArray());
        });
    }

    /** The message with some of its numbers replaced, those of its entries too. */
    static MessageLite withNumbers(MessageLite message, RandomGenerator random) {
        Mutations mutations = new Mutations(random, List.of(message.toByteArray()));
        com.google.protobuf.Message.Builder builder = ((com.google.protobuf.Message) message).toBuilder();
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                changeEntries(builder, field, random);
            } else if (random.nextInt(3) == 0) {
                change(builder, field, mutations, random);
            }
        }
        return builder.build();
    }

    private static void changeEntries(
            com.google.protobuf.Message.Builder builder, FieldDescriptor field, RandomGenerator random) {
        int count = builder.getRepeatedFieldCount(field);
        if (count > 0) {
            int at = random.nextInt(count);
            MessageLite entry = (MessageLite) builder.getRepeatedField(field, at);
            builder.setRepeatedField(field, at, withNumbers(entry, random));
        }
    }

    private static void change(
            com.google.protobuf.Message.Builder builder,
            FieldDescriptor field,
            Mutations mutations,
            RandomGenerator random) {
        switch (field.getJavaType()) {
            case LONG -> builder.setField(field, mutations.number());
            case BOOLEAN -> builder.setField(field, random.nextBoolean());
            case BYTE_STRING -> builder.setField(field, ByteString.copyFrom(mutations.next()));
            default -> builder.clearField(field);
        }
    }

    @Test
    void manyEmptyEntriesCostLittle() {
        AppendEntriesRequest.Builder request = AppendEntriesRequest.newBuilder().setTerm(5);
        for (int i = 0; i < 200_000; i++) {
            request.addEntries(LogEntry.getDefaultInstance());
        }
        Kind kind = kinds().stream()
                .filter(one -> one.name.equals("AppendEntriesRequest"))
                .findAny()
                .orElseThrow();
        byte[] input = request.build().toByteArray();

        assertThat(kind.decoder.judge(input)).isFalse();
    }
}
