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
import io.muster.users.AccountCommand.ChangePassword;
import io.muster.users.AccountCommand.ChangeUser;
import io.muster.users.AccountCommand.DeleteUser;
import io.muster.users.AccountCommand.EndSessions;
import io.muster.users.AccountCommand.LockUser;
import io.muster.users.AccountCommand.ReplaceHash;
import io.muster.users.RegisterResult.Conflict;
import io.muster.users.RegisterResult.Registered;
import io.muster.users.RegisterResult.Replayed;
import io.muster.users.proto.Command;
import io.muster.users.proto.RegisterUser;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.SigningKey;
import io.muster.users.store.StateHash;
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
    private static final User ALICE_WITH_KEY = ALICE.withRequestKey(key(1));
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

    private List<RegistryResult> applyRest() {
        return machine.apply(log.after(machine.appliedIndex())).stream()
                .map(ResultCodec::decode)
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

    /** An import may bring any id. */
    @Test
    void answersConflictForATakenId() {
        User other = new User(ALICE.id(), "alicia", ALICE.passwordHash(), 1);
        log.register(ALICE, null)
                .register(other, null)
                .command(new AddFirstAdministrator(other.withAccess(ADMINISTRATOR)));

        assertThat(applyRest()).containsExactly(new Registered(), new Conflict(), new Conflict());
        assertThat(store.userByName("alicia")).isNull();
    }

    @Test
    void replaysTheFirstResultForAKeySeenBefore() {
        log.register(ALICE, key(1));
        applyRest();
        log.register(OTHER_ALICE, key(1)).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Replayed(ALICE_WITH_KEY), new Replayed(ALICE_WITH_KEY));
        assertThat(store.userByName("bob")).isNull();
    }

    @Test
    void seesEarlierEntriesOfTheSameBatch() {
        log.register(ALICE, key(1)).register(OTHER_ALICE, null).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Registered(), new Conflict(), new Replayed(ALICE_WITH_KEY));
        assertThat(store.userByName("alice")).isEqualTo(ALICE_WITH_KEY);
        assertThat(store.userById(OTHER_ALICE.id())).isNull();
    }

    @Test
    void changesAPasswordInTheEpochThatItWasProvedIn() {
        PasswordHash changed = new PasswordHash("$changed");
        log.register(ALICE, null)
                .command(new ChangePassword(ALICE.id(), 1, new PasswordHash("$outdated")))
                .command(new ChangePassword(ALICE.id(), 0, changed))
                .command(new ChangePassword(ALICE.id(), 0, new PasswordHash("$late")));

        assertThat(applyRest()).endsWith(ChangeResult.OUTDATED, ChangeResult.DONE, ChangeResult.OUTDATED);
        assertThat(store.userById(ALICE.id()))
                .isEqualTo(ALICE.withPasswordHash(changed).withAccess(new Access(1, false, List.of())));
    }

    @Test
    void raisesTheEpochWithEveryChangeOfAccess() {
        List<String> roles = List.of("admin");
        log.register(ALICE, null)
                .command(new EndSessions(ALICE.id(), 0))
                .command(new ChangeUser(ALICE.id(), true, null, false))
                .command(new ChangeUser(ALICE.id(), null, roles, false))
                .command(new ChangeUser(ALICE.id(), null, null, false));

        assertThat(applyRest()).endsWith(ChangeResult.DONE, ChangeResult.DONE, ChangeResult.DONE, ChangeResult.DONE);
        assertThat(store.userById(ALICE.id())).isEqualTo(ALICE.withAccess(new Access(4, true, roles)));
    }

    @Test
    void changesNobodyWhoIsNotThere() {
        log.command(new EndSessions(ALICE.id(), 0))
                .command(new ChangePassword(ALICE.id(), 0, CommandLog.HASH))
                .command(new ChangeUser(ALICE.id(), true, null, false))
                .command(new DeleteUser(ALICE.id(), null));

        assertThat(applyRest()).containsOnly(ChangeResult.MISSING).hasSize(4);
        assertThat(store.stateHash()).isEqualTo(StateHash.EMPTY);
    }

    @Test
    void deletesAUserWithTheRecordOfItsRegistration() {
        log.register(ALICE, key(1)).register(BOB, key(2));
        applyRest();
        log.command(new DeleteUser(ALICE.id(), 1L)).command(new DeleteUser(ALICE.id(), 0L));

        assertThat(applyRest()).containsExactly(ChangeResult.OUTDATED, ChangeResult.DONE);
        assertThat(store.userById(ALICE.id())).isNull();
        assertThat(store.request(key(1))).isNull();
        assertThat(store.request(key(2))).isNotNull();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).containsExactly(new RequestStamp(5 * DAY, key(2)));
        log.register(OTHER_ALICE, key(1));
        assertThat(applyRest()).containsExactly(new Registered());
    }

    @Test
    void deletesAUserOfTheSameBatch() {
        log.register(ALICE, key(1))
                .command(new DeleteUser(ALICE.id(), null))
                .command(new EndSessions(ALICE.id(), 0))
                .register(OTHER_ALICE, key(1));

        assertThat(applyRest())
                .containsExactly(new Registered(), ChangeResult.DONE, ChangeResult.MISSING, new Registered());
        assertThat(store.userByName("alice")).isEqualTo(OTHER_ALICE.withRequestKey(key(1)));
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).hasSize(1);
    }

    /** The key may have expired, and another may have taken it. */
    @Test
    void deletesNoRecordOfAnotherUser() {
        log.register(ALICE, key(1)).later(DAY).register(BOB, key(1)).command(new DeleteUser(ALICE.id(), null));

        assertThat(applyRest()).containsExactly(new Registered(), new Registered(), ChangeResult.DONE);
        assertThat(store.request(key(1))).extracting(Request::user).isEqualTo(BOB.withRequestKey(key(1)));
    }

    private static final Access ADMINISTRATOR = new Access(0, false, List.of("admin"));

    @Test
    void addsAnAdministratorWhereThereIsNone() {
        log.register(ALICE, null)
                .command(new AddFirstAdministrator(OTHER_ALICE.withAccess(ADMINISTRATOR)))
                .command(new AddFirstAdministrator(BOB.withAccess(ADMINISTRATOR)))
                .command(new AddFirstAdministrator(user(9, "carol").withAccess(ADMINISTRATOR)));

        assertThat(applyRest())
                .containsExactly(new Registered(), new Conflict(), ChangeResult.DONE, ChangeResult.OUTDATED);
        assertThat(store.administrators(10)).containsExactly(BOB.id());
        log.command(new AddFirstAdministrator(user(9, "carol").withAccess(ADMINISTRATOR)));
        assertThat(applyRest()).containsExactly(ChangeResult.OUTDATED);
    }

    @Test
    void keepsTheLastAdministrator() {
        log.register(ALICE, null).command(new AddFirstAdministrator(BOB.withAccess(ADMINISTRATOR)));
        applyRest();
        log.command(new ChangeUser(BOB.id(), true, null, false))
                .command(new ChangeUser(BOB.id(), null, List.of("auditor"), false))
                .command(new DeleteUser(BOB.id(), null));
        assertThat(applyRest()).containsOnly(ChangeResult.LAST_ADMINISTRATOR).hasSize(3);

        log.command(new ChangeUser(ALICE.id(), null, List.of("admin"), false))
                .command(new DeleteUser(BOB.id(), null))
                .command(new DeleteUser(ALICE.id(), null));
        assertThat(applyRest()).containsExactly(ChangeResult.DONE, ChangeResult.DONE, ChangeResult.LAST_ADMINISTRATOR);
        assertThat(store.administrators(10)).containsExactly(ALICE.id());
    }

    /** Whom the batch before has made one, and whom the same batch takes it from. */
    @Test
    void seesAdministratorsOfTheStoreAndOfTheBatch() {
        log.register(ALICE, null)
                .register(BOB, null)
                .command(new ChangeUser(ALICE.id(), null, List.of("admin"), false))
                .command(new ChangeUser(BOB.id(), null, List.of("admin"), false));
        applyRest();
        log.command(new ChangeUser(ALICE.id(), true, null, false)).command(new ChangeUser(BOB.id(), true, null, false));

        assertThat(applyRest()).containsExactly(ChangeResult.DONE, ChangeResult.LAST_ADMINISTRATOR);
    }

    @Test
    void locksOnceForWhatSeveralReplicasHaveCounted() {
        Lock lock = new Lock(700, 1);
        log.register(ALICE, null)
                .command(new LockUser(ALICE.id(), 0, 0, lock))
                .command(new LockUser(ALICE.id(), 0, 0, new Lock(900, 1)))
                .command(new LockUser(ALICE.id(), 1, 700, new Lock(900, 2)));

        assertThat(applyRest()).endsWith(ChangeResult.DONE, ChangeResult.OUTDATED, ChangeResult.OUTDATED);
        assertThat(store.userById(ALICE.id()))
                .as("sessions go on")
                .isEqualTo(ALICE.withAccess(new Access(0, false, List.of(), lock)));

        log.command(new LockUser(ALICE.id(), 0, 700, new Lock(900, 2)))
                .command(new ChangeUser(ALICE.id(), null, null, true));
        assertThat(applyRest()).containsExactly(ChangeResult.DONE, ChangeResult.DONE);
        assertThat(store.userById(ALICE.id())).isEqualTo(ALICE.withAccess(new Access(1, false, List.of())));
    }

    @Test
    void replacesAHashWithoutEndingASession() {
        PasswordHash again = new PasswordHash("$again");
        log.register(ALICE, null)
                .command(new ReplaceHash(ALICE.id(), 0, again))
                .command(new EndSessions(ALICE.id(), 0))
                .command(new ReplaceHash(ALICE.id(), 0, new PasswordHash("$late")));

        assertThat(applyRest()).endsWith(ChangeResult.DONE, ChangeResult.DONE, ChangeResult.OUTDATED);
        assertThat(store.userById(ALICE.id()))
                .isEqualTo(ALICE.withPasswordHash(again).withAccess(new Access(1, false, List.of())));
    }

    @Test
    void importsEachUserForItself() {
        User carol = user(9, "carol");
        log.register(ALICE, null)
                .command(new ImportUsers(List.of(OTHER_ALICE, BOB, user(3, "bobby"), carol, carol, user(10, "carol"))))
                .command(new ImportUsers(List.of(BOB)));

        assertThat(applyRest())
                .endsWith(
                        new ImportResult(List.of(
                                ImportResult.Outcome.CONFLICT,
                                ImportResult.Outcome.CREATED,
                                ImportResult.Outcome.CONFLICT,
                                ImportResult.Outcome.CREATED,
                                ImportResult.Outcome.PRESENT,
                                ImportResult.Outcome.CONFLICT)),
                        new ImportResult(List.of(ImportResult.Outcome.PRESENT)));
        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.userByName("carol")).isEqualTo(carol);
        assertThat(store.userByName("bobby")).isNull();
    }

    private static SigningKey signingKey(String id, long signsFromMillis) {
        return new SigningKey(id, key(1), key(2), 1, signsFromMillis);
    }

    @Test
    void addsASigningKeyToThoseThatItsMakerSaw() {
        SigningKey first = signingKey("first", 10);
        SigningKey second = signingKey("second", 20);
        log.command(new AddSigningKey(first, "none", 5))
                .command(new AddSigningKey(first, null, 5))
                .command(new AddSigningKey(signingKey("beside", 15), null, 5))
                .command(new AddSigningKey(second, "first", 5));

        assertThat(applyRest())
                .containsExactly(ChangeResult.OUTDATED, ChangeResult.DONE, ChangeResult.OUTDATED, ChangeResult.DONE);
        assertThat(store.signingKeys()).containsExactly(first.withNumber(1), second.withNumber(2));
    }

    private List<String> keyIds() {
        return store.signingKeys().stream().map(SigningKey::id).toList();
    }

    private static SigningKey keyOf(String id, long createdAtMillis, long signsFromMillis) {
        return new SigningKey(id, key(1), key(2), createdAtMillis, signsFromMillis);
    }

    @Test
    void forgetsASigningKeyOnceALaterOneHasSignedForTheOverlap() {
        long now = 5 * DAY;
        log.command(new AddSigningKey(keyOf("first", now, now - 200), null, 100))
                .command(new AddSigningKey(keyOf("second", now, now - 100), "first", 100))
                .command(new AddSigningKey(keyOf("third", now, now), "second", 101));
        applyRest();
        assertThat(keyIds()).containsExactly("first", "second", "third");

        log.command(new AddSigningKey(keyOf("fourth", now - 1, now + 1), "third", 100));
        applyRest();
        assertThat(keyIds()).as("the log's clock may be ahead").containsExactly("first", "second", "third", "fourth");

        log.command(new AddSigningKey(keyOf("fifth", now, now + 1), "fourth", 100));
        applyRest();
        assertThat(keyIds()).containsExactly("second", "third", "fourth", "fifth");
    }

    /** Clocks differ: what comes later in the log is newer, whenever it signs. */
    @Test
    void ordersSigningKeysByTheLog() {
        log.command(new AddSigningKey(signingKey("of-the-future", 1_000_000), null, 0))
                .command(new AddSigningKey(signingKey("right", 10), "of-the-future", 0));

        assertThat(applyRest()).containsOnly(ChangeResult.DONE);
        assertThat(keyIds()).containsExactly("of-the-future", "right");
    }

    @Test
    void asksAnewWhetherAnAdministratorIsOne() {
        log.register(ALICE, null).command(new AddFirstAdministrator(BOB.withAccess(ADMINISTRATOR)));
        applyRest();
        EndSessions asked = new EndSessions(ALICE.id(), 0);
        log.command(new ByAdministrator(ALICE.id(), 0, asked))
                .command(new ByAdministrator(BOB.id(), 1, asked))
                .command(new ByAdministrator(user(9, "carol").id(), 0, asked))
                .command(new ByAdministrator(BOB.id(), 0, asked))
                .command(new EndSessions(BOB.id(), 0))
                .command(new ByAdministrator(BOB.id(), 0, new EndSessions(ALICE.id(), 1)));

        assertThat(applyRest())
                .containsExactly(
                        ChangeResult.DENIED,
                        ChangeResult.DENIED,
                        ChangeResult.DENIED,
                        ChangeResult.DONE,
                        ChangeResult.DONE,
                        ChangeResult.DENIED);
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
        assertThat(applyRest()).containsExactly(new Registered(), new Replayed(ALICE_WITH_KEY));

        log.later(1).register(OTHER_ALICE, key(1));
        assertThat(applyRest()).containsExactly(new Conflict());
        assertThat(store.request(key(1))).isNull();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void forgetsARequestWithinTheBatchThatMadeIt() {
        log.register(ALICE, key(1)).later(DAY).register(BOB, key(1));

        assertThat(applyRest()).containsExactly(new Registered(), new Registered());
        assertThat(store.request(key(1)))
                .isEqualTo(new Request(new RequestStamp(6 * DAY, key(1)), BOB.withRequestKey(key(1))));
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
        assertThat(applyRest()).containsExactly(new Replayed(ALICE_WITH_KEY), new Conflict());
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
