package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.hostile.Corpus;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.proto.Command;
import io.muster.users.proto.RegisterUser;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.MapStoreDisk;
import io.muster.users.store.MapUserStore;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.ResetCode;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import io.muster.users.token.JwkSets;
import io.muster.users.token.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands, results and password hashes out of bytes that nobody wrote. */
class HostileCommandsTest {

    private static final int ROUNDS = 20_000;

    private static final Decoder<RegistryCommand> COMMANDS = new Decoder<>(
            ApplyException.class,
            input -> CommandCodec.decode(7, Bytes.copyOf(input)),
            command -> CommandCodec.encode(command).toByteArray());

    private static final Decoder<RegistryResult> RESULTS = new Decoder<>(
            IllegalArgumentException.class,
            input -> ResultCodec.decode(Bytes.copyOf(input)),
            result -> ResultCodec.encode(result).toByteArray());

    private static final Decoder<StoredHash> HASHES = new Decoder<>(
            IllegalArgumentException.class,
            input -> StoredHash.parse(new PasswordHash(latin1(input))),
            hash -> hash.encode().phc().getBytes(StandardCharsets.ISO_8859_1));

    private static final UUID ID = new UUID(7, 1);
    private static final SigningKey KEY =
            SigningKeys.generate(TestTokens.wrap(), Instant.ofEpochSecond(1), Duration.ZERO);

    private static final List<byte[]> COMMAND_SEEDS = Stream.of(
                    new RegisterCommand(CommandLog.user(1, "alice")),
                    new RegisterCommand(CommandLog.user(2, "b\u00f8b").withRequestKey(CommandLog.key(3))),
                    new AccountCommand.ChangePassword(ID, 3, CommandLog.HASH),
                    new AccountCommand.EndSessions(ID, 3),
                    new AccountCommand.DeleteUser(ID, null),
                    new AccountCommand.DeleteUser(ID, 0L),
                    new AccountCommand.ChangeUser(ID, true, null, false),
                    new AccountCommand.ChangeUser(ID, null, List.of("admin", "auditor"), false),
                    new AccountCommand.ChangeUser(ID, null, null, true),
                    new AccountCommand.LockUser(ID, 1, 2, new Lock(3, 4)),
                    new AccountCommand.ReplaceHash(ID, 3, CommandLog.HASH),
                    new AddFirstAdministrator(
                            CommandLog.user(1, "root").withAccess(new Access(0, false, List.of("admin")))),
                    new ImportUsers(List.of(CommandLog.user(1, "alice"), CommandLog.user(2, "bob"))),
                    new ImportUsers(List.of()),
                    new AccountCommand.GiveResetCode(ID, new ResetCode(CommandLog.key(1), 5)),
                    new AccountCommand.ResetPassword(ID, CommandLog.key(1), CommandLog.HASH),
                    new AccountCommand.OpenFamily(ID, 1, ID, CommandLog.key(1), 3),
                    new AccountCommand.RotateToken(ID, ID, CommandLog.key(1), CommandLog.key(2), 3, 4),
                    new AccountCommand.EndFamily(ID, ID),
                    new ByAdministrator(ID, 5, new AccountCommand.DeleteUser(ID, null)),
                    new AddSigningKey(KEY, null, 7),
                    new AddSigningKey(KEY, "other", 7))
            .map(command -> CommandCodec.encode(command).toByteArray())
            .toList();

    private static final List<byte[]> RESULT_SEEDS = List.of(
            ResultCodec.encode(new RegisterResult.Registered()).toByteArray(),
            ResultCodec.encode(new RegisterResult.Conflict()).toByteArray(),
            ResultCodec.encode(new RegisterResult.Replayed(CommandLog.user(1, "alice")))
                    .toByteArray(),
            ResultCodec.encode(ChangeResult.DONE).toByteArray(),
            ResultCodec.encode(new ImportResult(List.of(ImportResult.Outcome.values())))
                    .toByteArray(),
            ResultCodec.encode(ChangeResult.MISSING).toByteArray(),
            ResultCodec.encode(ChangeResult.LAST_ADMINISTRATOR).toByteArray(),
            ResultCodec.encode(ChangeResult.DENIED).toByteArray(),
            ResultCodec.encode(ChangeResult.REUSED).toByteArray(),
            ResultCodec.encode(ChangeResult.OUTDATED).toByteArray());

    private static final List<byte[]> HASH_SEEDS = List.of(
            ascii(CommandLog.HASH.phc()),
            ascii("$argon2id$v=19$m=8,t=1,p=1,keyid=AbCd+/09$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0"),
            ascii("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U"),
            ascii("$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0"),
            ascii("$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde"));

    private static String latin1(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void commandsAreRefusedOrMeanWhatTheySay() {
        assertThat(Corpus.of("command")).noneMatch(COMMANDS::judge);
        Rounds.run("CommandCodec", ROUNDS, random -> COMMANDS.judge(new Mutations(random, COMMAND_SEEDS).next()));
    }

    @Test
    void resultsAreRefusedOrMeanWhatTheySay() {
        assertThat(Corpus.of("result")).noneMatch(RESULTS::judge);
        Rounds.run(
                "CommandCodec, results", ROUNDS, random -> RESULTS.judge(new Mutations(random, RESULT_SEEDS).next()));
    }

    @Test
    void hashesAreRefusedOrMeanWhatTheySay() {
        Rounds.run("StoredHash", ROUNDS, random -> HASHES.judge(new Mutations(random, HASH_SEEDS).next()));
    }

    /** One text for one value: what differs by a character is another hash, or none. */
    @Test
    void aHashHasOneText() {
        Rounds.run("StoredHash, one text", ROUNDS, random -> {
            String phc = latin1(new Mutations(random, HASH_SEEDS).next());
            try {
                assertThat(StoredHash.parse(new PasswordHash(phc)).encode().phc())
                        .isEqualTo(phc);
                return true;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).doesNotContain("c2VjcmV0");
                return false;
            }
        });
    }

    @Test
    void aLongTextCostsNoMoreThanItsLength() {
        HASHES.judge(ascii("$argon2id$v=19$m=8,t=1,p=1$" + "A".repeat(1_000_000)));
        HASHES.judge(ascii("$argon2id$v=19$m=" + "9".repeat(1_000_000)));
    }

    /** What the check lets into the log is applied, and its user can be looked at, by every replica. */
    @Test
    void whatMayEnterTheLogCanBeApplied() {
        Rounds.run("CommandCheck", ROUNDS, random -> {
            Bytes command = Bytes.copyOf(new Mutations(random, COMMAND_SEEDS).next());
            try {
                CommandCheck.require(command);
            } catch (IllegalArgumentException refused) {
                return false;
            }
            applyAndServe(command);
            return true;
        });
    }

    /** To a state where it meets a user who administers; then what is served of it: users, keys, and their next change. */
    private static void applyAndServe(Bytes command) {
        try (MapUserStore store = new MapUserStore(new MapStoreDisk(), LogStart.ZERO)) {
            SingleReplica replica = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
            User administrator = CommandLog.user(1, "root").withAccess(new Access(0, false, List.of("admin")));
            for (Bytes each : List.of(
                    CommandCodec.encode(new AddFirstAdministrator(administrator)),
                    command,
                    CommandCodec.encode(new AccountCommand.EndSessions(ID, 0)),
                    CommandCodec.encode(new AccountCommand.EndSessions(ID, 1)))) {
                ResultCodec.decode(replica.propose(each).join().result());
            }
            for (User user : store.usersByName("", null, 10)) {
                StoredHash.parse(user.passwordHash());
            }
            JwkSets.toJson(store.signingKeys());
        }
    }

    @Test
    void whatCannotBeAppliedOrServedDoesNotEnterTheLog() {
        assertThatCode(() -> CommandCheck.require(Bytes.copyOf(COMMAND_SEEDS.getFirst())))
                .doesNotThrowAnyException();
        assertRefused(Bytes.EMPTY);
        assertRefused(Bytes.copyOf(new byte[] {1, 2, 3}));
        assertRefused(changed(user -> user.setPasswordHash("secret")));
        assertRefused(changed(user -> user.setUsername("a".repeat(65))));
        assertRefused(changed(user -> user.setUsername("")));
        assertRefused(changed(user -> user.setRequestKey(ByteString.copyFrom(new byte[31]))));
        assertRefused(
                new AddSigningKey(new SigningKey("secret", KEY.publicKey(), KEY.wrappedPrivateKey(), 1, 1), null, 7));
        assertRefused(new AccountCommand.ResetPassword(ID, CommandLog.key(1), new PasswordHash("secret")));
        assertRefused(new AccountCommand.ChangePassword(ID, 0, new PasswordHash("secret")));
        assertRefused(new AccountCommand.ChangeUser(ID, null, List.of("secret role"), false));
        assertRefused(new AccountCommand.ChangeUser(
                ID, null, IntStream.range(10, 27).mapToObj(i -> "r" + i).toList(), false));
    }

    private static void assertRefused(RegistryCommand command) {
        assertRefused(CommandCodec.encode(command));
    }

    private static void assertRefused(Bytes command) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandCheck.require(command))
                .withMessageNotContaining("secret");
    }

    private static Bytes changed(Consumer<RegisterUser.Builder> change) {
        User user = new User(new UUID(1, 2), "alice", CommandLog.HASH, 5);
        try {
            RegisterUser.Builder message = Command.parseFrom(
                    CommandCodec.encode(new RegisterCommand(user)).toByteArray())
                    .getRegisterUser()
                    .toBuilder();
            change.accept(message);
            return Bytes.copyOf(
                    Command.newBuilder().setRegisterUser(message).build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
