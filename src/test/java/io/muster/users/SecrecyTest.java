package io.muster.users;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.proto.Command;
import io.muster.users.proto.CommandResult;
import io.muster.users.proto.RegisterUser;
import io.muster.users.proto.RegistrationReplayed;
import io.muster.users.proto.StoredRequest;
import io.muster.users.proto.StoredUser;
import io.muster.users.store.Access;
import io.muster.users.store.Batch;
import io.muster.users.store.Change;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.RecordCodec;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import io.muster.users.token.AccessToken;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.RefreshToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that could meet a log line shows a password or a hash. */
class SecrecyTest {

    private static final String SECRET = "s3cr3t";
    private static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$" + SECRET + "$" + SECRET);
    private static final User USER = new User(new UUID(1, 2), "alice", HASH, 1);
    private static final Bytes KEY = Bytes.copyOf(new byte[32]);

    static Stream<Object> values() {
        Request request = new Request(new RequestStamp(1, KEY), USER);
        RegisterCommand command = new RegisterCommand(USER.withRequestKey(KEY));
        return Stream.of(
                HASH,
                USER,
                request,
                new Change.PutUser(USER),
                new Change.PutRequest(request),
                new Batch(List.of(new Change.PutUser(USER), new Change.PutRequest(request)), new LogStart(1, 1, 1)),
                command,
                new ImportUsers(List.of(USER)),
                new ByAdministrator(USER.id(), 1, new ImportUsers(List.of(USER))),
                new AddFirstAdministrator(USER.withAccess(new Access(0, false, List.of("admin")))),
                new AccountCommand.ReplaceHash(USER.id(), 1, HASH),
                new ImportedUser("alice", SECRET, null, null, List.of(), false),
                ExportedUser.of(USER),
                new AccountCommand.ChangePassword(USER.id(), 1, HASH),
                new AccessToken(SECRET, Duration.ofMinutes(1)),
                new LoggedIn(
                        USER.id(),
                        "alice",
                        new AccessToken(SECRET, Duration.ofMinutes(1)),
                        Optional.of(new RefreshToken(USER.id(), USER.id(), SECRET)),
                        1),
                new KeyWrap(List.of(SECRET.repeat(6))),
                new SigningKey("key", KEY, Bytes.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)), 1, 1),
                CommandCodec.encode(command),
                new RegisterResult.Replayed(USER),
                ResultCodec.encode(new RegisterResult.Replayed(USER)),
                Password.check(SECRET),
                new PasswordPolicy(20, true, true).check(SECRET, null),
                new PasswordPolicy(1, true, true).check(SECRET, null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void showsNoSecretInItsText(Object value) {
        assertThat(value.toString()).isNotEmpty().doesNotContain(SECRET);
    }

    static Stream<Message> messages() {
        StoredUser user = RecordCodec.toMessage(USER);
        RegisterUser register = RegisterUser.newBuilder()
                .setUsername("alice")
                .setPasswordHash(HASH.phc())
                .build();
        RegistrationReplayed replayed =
                RegistrationReplayed.newBuilder().setUser(user).build();
        return Stream.of(
                user,
                register,
                Command.newBuilder().setRegisterUser(register).build(),
                replayed,
                CommandResult.newBuilder().setRegistrationReplayed(replayed).build(),
                StoredRequest.newBuilder().setTimeMillis(1).setUser(user).build());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void marksTheSecretsOfMessages(Message message) {
        assertThat(TextFormat.debugFormatPrinter().printToString(message))
                .contains("alice")
                .doesNotContain(SECRET);
    }

    /** The toString of a generated message does not ask {@code debug_redact}: messages must not get near a log line. */
    @Test
    void keepsMessagesWithinTheCodecs() {
        assertThat(RecordCodec.toMessage(USER).toString()).contains(SECRET);

        noClasses()
                .that()
                .resideOutsideOfPackage("io.muster.users.proto..")
                .and()
                .doNotBelongToAnyOf(CommandCodec.class, ResultCodec.class, RecordCodec.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.muster.users.proto..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.muster"));
    }

    @ParameterizedTest
    @MethodSource("foreignCommands")
    void showsNoSecretInTheRefusalOfACommand(byte[] encoded) {
        try {
            CommandCodec.decode(1, Bytes.copyOf(encoded));
        } catch (ApplyException e) {
            assertThat(e.toString() + e.getCause()).doesNotContain(SECRET);
            return;
        }
        throw new AssertionError("a cut command was decoded");
    }

    static Stream<byte[]> foreignCommands() {
        byte[] whole = CommandCodec.encode(new RegisterCommand(USER.withRequestKey(KEY)))
                .toByteArray();
        return Stream.of(whole.length - 1, whole.length - 40, whole.length / 2)
                .map(length -> Arrays.copyOf(whole, length));
    }
}
