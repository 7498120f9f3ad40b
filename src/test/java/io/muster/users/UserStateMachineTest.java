package io.muster.users;

import static io.muster.users.CommandLog.key;
import static io.muster.users.CommandLog.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import io.muster.users.RegisterResult.Conflict;
import io.muster.users.RegisterResult.Registered;
import io.muster.users.RegisterResult.Replayed;
import io.muster.users.proto.Command;
import io.muster.users.proto.RegisterUser;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserStateMachineTest {

    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final User ALICE = user(1, "alice");
    private static final User OTHER_ALICE = user(2, "alice");
    private static final User BOB = user(3, "bob");

    @TempDir
    Path directory;

    private final CommandLog log = new CommandLog(5 * DAY);
    private UserStore store;
    private UserStateMachine machine;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        machine = new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<RegisterResult> applyRest() {
        return machine.apply(log.after(machine.appliedIndex())).stream()
                .map(CommandCodec::decodeResult)
                .toList();
    }

    @Test
    void registersAUser() {
        log.register(ALICE, null);

        assertThat(applyRest()).containsExactly(new Registered());
        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.userById(ALICE.id())).isEqualTo(ALICE);
        assertThat(machine.appliedIndex()).isEqualTo(1);
    }

    @Test
    void answersConflictForATakenNameAndKeepsNothingOfIt() {
        log.register(ALICE, null);
        applyRest();
        log.register(OTHER_ALICE, key(1));

        assertThat(applyRest()).containsExactly(new Conflict());
        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.userById(OTHER_ALICE.id())).isNull();
        assertThat(store.request(key(1))).isNull();
    }

    @Test
    void replaysTheFirstResultForAKeySeenBefore() {
        log.register(ALICE, key(1));
        applyRest();
        log.register(OTHER_ALICE, key(1)).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Replayed(ALICE), new Replayed(ALICE));
        assertThat(store.userByName("bob")).isNull();
    }

    @Test
    void seesEarlierEntriesOfTheSameBatch() {
        log.register(ALICE, key(1)).register(OTHER_ALICE, null).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Registered(), new Conflict(), new Replayed(ALICE));
        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.userById(OTHER_ALICE.id())).isNull();
    }

    @Test
    void movesItsIndexOnlyForEntriesThatAreNoCommand() {
        log.noOp();

        assertThat(machine.apply(log.after(0))).containsExactly(Bytes.EMPTY);
        assertThat(machine.appliedIndex()).isEqualTo(1);
        assertThat(machine.apply(List.of())).isEmpty();
    }

    @Test
    void forgetsARequestAfterADayAndNotAMillisecondSooner() {
        log.register(ALICE, key(1)).later(DAY - 1).register(OTHER_ALICE, key(1));
        assertThat(applyRest()).containsExactly(new Registered(), new Replayed(ALICE));

        log.later(1).register(OTHER_ALICE, key(1));
        assertThat(applyRest()).containsExactly(new Conflict());
        assertThat(store.request(key(1))).isNull();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void forgetsARequestWithinTheBatchThatMadeIt() {
        log.register(ALICE, key(1)).later(DAY).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Registered(), new Registered());
        assertThat(store.request(key(1))).isEqualTo(new Request(new RequestStamp(6 * DAY, key(1)), BOB));
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).containsExactly(new RequestStamp(6 * DAY, key(1)));
    }

    @Test
    void forgetsABoundedNumberOldestFirst() {
        int requests = 2 * UserStateMachine.FORGOTTEN_PER_ENTRY + 1;
        for (int i = 0; i < requests; i++) {
            log.later(1).register(user(i, "user" + i), key(i));
        }
        applyRest();
        log.later(2 * DAY).register(user(100, "user0"), null);
        applyRest();

        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 100))
                .hasSize(requests - UserStateMachine.FORGOTTEN_PER_ENTRY)
                .first()
                .isEqualTo(new RequestStamp(
                        5 * DAY + UserStateMachine.FORGOTTEN_PER_ENTRY + 1, key(UserStateMachine.FORGOTTEN_PER_ENTRY)));

        log.register(user(101, "user0"), null).register(user(102, "user0"), null);
        applyRest();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 100)).isEmpty();
    }

    @Test
    void goesOnAfterAReopen() {
        log.register(ALICE, key(1));
        applyRest();
        store.close();
        open();
        log.register(OTHER_ALICE, key(1)).register(OTHER_ALICE, null);

        assertThat(machine.appliedIndex()).isEqualTo(1);
        assertThat(applyRest()).containsExactly(new Replayed(ALICE), new Conflict());
    }

    static Stream<Bytes> foreignCommands() {
        RegisterUser valid = Command.newBuilder()
                .setRegisterUser(RegisterUser.newBuilder()
                        .setUserId(ByteString.copyFrom(new byte[16]))
                        .setUsername("alice")
                        .setPasswordHash("hash"))
                .getRegisterUser();
        UnknownFieldSet news = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        return Stream.of(
                        ByteString.EMPTY,
                        ByteString.copyFromUtf8("no protobuf at all"),
                        Command.newBuilder().setUnknownFields(news).build().toByteString(),
                        Command.newBuilder()
                                .setRegisterUser(valid)
                                .setUnknownFields(news)
                                .build()
                                .toByteString(),
                        encoded(valid.toBuilder().setUnknownFields(news)),
                        encoded(valid.toBuilder().setUserId(ByteString.copyFromUtf8("short"))),
                        encoded(valid.toBuilder().clearUsername()),
                        encoded(valid.toBuilder().clearPasswordHash()),
                        encoded(valid.toBuilder().setRequestKey(ByteString.copyFromUtf8("short"))))
                .map(ByteString::toByteArray)
                .map(Bytes::copyOf);
    }

    private static ByteString encoded(RegisterUser.Builder message) {
        return Command.newBuilder().setRegisterUser(message).build().toByteString();
    }

    @ParameterizedTest
    @MethodSource("foreignCommands")
    void stopsAtACommandItDoesNotKnowAndAppliesNothingOfTheBatch(Bytes command) {
        log.register(ALICE, null).add(new Payload.Command(command));

        assertThatThrownBy(this::applyRest)
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("entry 2 cannot be applied");
        assertThat(machine.appliedIndex()).isZero();
        assertThat(store.userByName("alice")).isNull();
    }

    @Test
    void refusesToApplyTwiceOrToLeaveOut() {
        log.register(ALICE, null).register(BOB, null).noOp();
        List<Entry> entries = log.after(0);
        machine.apply(entries.subList(0, 1));

        assertThatThrownBy(() -> machine.apply(entries)).isInstanceOf(ApplyException.class);
        assertThatThrownBy(() -> machine.apply(log.after(2))).isInstanceOf(ApplyException.class);
    }

    @Test
    void refusesTimeThatGoesBack() {
        log.noOp().later(-1).noOp();

        assertThatThrownBy(() -> machine.apply(log.after(0))).isInstanceOf(ApplyException.class);
    }
}
