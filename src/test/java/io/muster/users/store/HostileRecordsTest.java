package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.hostile.Corpus;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Bytes;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records of the user state out of bytes that nobody wrote. */
class HostileRecordsTest {

    private static final int ROUNDS = 20_000;
    private static final Bytes KEY = Bytes.copyOf(new byte[32]);
    private static final User ALICE =
            new User(new UUID(1, 1), "alice", new PasswordHash("$argon2id$alice"), 1_700_000_000_000L);
    private static final User BOB = new User(new UUID(-1, -1), "b\u00f8b", new PasswordHash("$argon2id$bob"), -1);

    private static final User CAROL = ALICE.withRequestKey(KEY)
            .withAccess(new Access(3, true, List.of("admin", "auditor"), new Lock(5, 2)))
            .withResetCode(new ResetCode(KEY, 9))
            .withFamilies(List.of(new TokenFamily(new UUID(9, 9), List.of(KEY), List.of(KEY), 1, 2)));

    private static final Decoder<User> USERS =
            new Decoder<>(InvalidProtocolBufferException.class, RecordCodec::decodeUser, RecordCodec::encode);

    private static final Decoder<Request> REQUESTS = new Decoder<>(
            InvalidProtocolBufferException.class, input -> RecordCodec.decodeRequest(KEY, input), RecordCodec::encode);

    private static final Decoder<SigningKey> KEYS =
            new Decoder<>(InvalidProtocolBufferException.class, RecordCodec::decodeSigningKey, RecordCodec::encode);

    private static final Decoder<UUID> IDS = new Decoder<>(
            IllegalArgumentException.class, input -> Uuids.fromBytes(ByteString.copyFrom(input)), Uuids::toBytes);

    @Test
    void usersAreRefusedOrMeanWhatTheySay() {
        List<byte[]> seeds = List.of(RecordCodec.encode(ALICE), RecordCodec.encode(BOB), RecordCodec.encode(CAROL));
        assertThat(Corpus.of("stored-user")).noneMatch(USERS::judge);
        Rounds.run("RecordCodec, users", ROUNDS, random -> USERS.judge(new Mutations(random, seeds).next()));
    }

    @Test
    void requestsAreRefusedOrMeanWhatTheySay() {
        List<byte[]> seeds = List.of(
                RecordCodec.encode(new Request(new RequestStamp(1_700_000_000_000L, KEY), ALICE)),
                RecordCodec.encode(new Request(new RequestStamp(0, KEY), BOB)));
        assertThat(Corpus.of("stored-request")).noneMatch(REQUESTS::judge);
        Rounds.run("RecordCodec, requests", ROUNDS, random -> REQUESTS.judge(new Mutations(random, seeds).next()));
    }

    @Test
    void signingKeysAreRefusedOrMeanWhatTheySay() {
        List<byte[]> seeds = List.of(RecordCodec.encode(new SigningKey("key", KEY, KEY, 1, 2, 3)));
        Rounds.run("RecordCodec, keys", ROUNDS, random -> KEYS.judge(new Mutations(random, seeds).next()));
    }

    @Test
    void idsHaveSixteenBytes() {
        List<byte[]> seeds = List.of(new byte[16], Uuids.toBytes(new UUID(-1, 1)));
        Rounds.run("Uuids", ROUNDS, random -> IDS.judge(new Mutations(random, seeds).next()));
        assertThatIllegalArgumentException().isThrownBy(() -> Uuids.fromBytes(ByteString.EMPTY));
    }
}
