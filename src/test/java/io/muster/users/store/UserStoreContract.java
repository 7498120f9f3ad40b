package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link UserStore} does. */
abstract class UserStoreContract {

    private static final User ALICE =
            new User(new UUID(1, 1), "alice", new PasswordHash("$argon2id$alice"), 1_700_000_000_000L);
    private static final User BOB = new User(new UUID(-1, -1), "bøb", new PasswordHash("$argon2id$bob"), 0);

    private static final SigningKey OLD_KEY = signingKey("z-old", 1);
    private static final SigningKey NEW_KEY = signingKey("a-new", 2);

    private UserStore store;

    private static SigningKey signingKey(String id, long number) {
        return new SigningKey(id, Bytes.copyOf(new byte[] {1, 2}), Bytes.copyOf(new byte[] {3, 4}), 5, 7, number);
    }

    /** Opens the store of this test, with what survived. */
    abstract UserStore open();

    /** What stands there if the process had died at this moment; {@code running} goes on. */
    abstract UserStore openAsAfterACrash(UserStore running);

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Bytes key(int number) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) number);
        return Bytes.copyOf(key);
    }

    private static Request request(long timeMillis, int key) {
        return new Request(new RequestStamp(timeMillis, key(key)), ALICE);
    }

    /** An entry of that index: everything else of it follows. */
    static LogStart at(long index) {
        return new LogStart(index, 1 + index / 2, 1_700_000_000_000L + index);
    }

    private void write(long appliedIndex, Change... changes) {
        store.write(new Batch(List.of(changes), at(appliedIndex)));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.appliedIndex()).isZero();
        assertThat(store.appliedState()).isEqualTo(AppliedState.EMPTY);
        assertThat(store.verify()).isEqualTo(AppliedState.EMPTY);
        assertThat(store.userByName("alice")).isNull();
        assertThat(store.userById(ALICE.id())).isNull();
        assertThat(store.request(key(1))).isNull();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store.signingKeys()).isEmpty();
    }

    @Test
    void findsUsersByNameAndById() {
        write(1, new Change.PutUser(ALICE), new Change.PutUser(BOB));

        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.userByName("bøb")).isEqualTo(BOB);
        assertThat(store.userById(ALICE.id())).isEqualTo(ALICE);
        assertThat(store.userById(BOB.id())).isEqualTo(BOB);
        assertThat(store.userByName("Alice")).isNull();
    }

    @Test
    void findsRequestsByKey() {
        write(1, new Change.PutRequest(request(5, 1)));

        assertThat(store.request(key(1))).isEqualTo(request(5, 1));
        assertThat(store.request(key(2))).isNull();
    }

    @Test
    void listsRequestsOldestFirstAndOfOneMillisecondByUnsignedKey() {
        write(
                1,
                new Change.PutRequest(request(300, 1)),
                new Change.PutRequest(request(7, 0x80)),
                new Change.PutRequest(request(7, 0x7f)),
                new Change.PutRequest(request(1L << 40, 3)));

        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10))
                .containsExactly(
                        new RequestStamp(7, key(0x7f)),
                        new RequestStamp(7, key(0x80)),
                        new RequestStamp(300, key(1)),
                        new RequestStamp(1L << 40, key(3)))
                .isSorted();
    }

    @Test
    void boundsTheListInTimeAndNumber() {
        write(
                1,
                new Change.PutRequest(request(1, 1)),
                new Change.PutRequest(request(2, 2)),
                new Change.PutRequest(request(3, 3)),
                new Change.PutRequest(request(4, 4)));

        assertThat(store.oldestRequests(2, 4, 10))
                .containsExactly(new RequestStamp(2, key(2)), new RequestStamp(3, key(3)));
        assertThat(store.oldestRequests(0, 5, 1)).containsExactly(new RequestStamp(1, key(1)));
        assertThat(store.oldestRequests(3, 3, 10)).isEmpty();
        assertThat(store.oldestRequests(0, -5, 10)).isEmpty();
    }

    @Test
    void forgetsARequestWhole() {
        write(1, new Change.PutRequest(request(1, 1)), new Change.PutRequest(request(2, 2)));
        write(2, new Change.RemoveRequest(new RequestStamp(1, key(1))));

        assertThat(store.request(key(1))).isNull();
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).containsExactly(new RequestStamp(2, key(2)));
    }

    @Test
    void takesTheChangesOfABatchInOrder() {
        write(
                1,
                new Change.PutRequest(request(1, 1)),
                new Change.RemoveRequest(new RequestStamp(1, key(1))),
                new Change.PutRequest(request(9, 1)));

        assertThat(store.request(key(1))).isEqualTo(request(9, 1));
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).containsExactly(new RequestStamp(9, key(1)));
    }

    @Test
    void movesItsIndexWithEveryBatchAlsoWithAnEmptyOne() {
        write(3, new Change.PutUser(ALICE));
        write(7);

        assertThat(store.applied()).isEqualTo(at(7));
        assertThat(store.appliedIndex()).isEqualTo(7);
    }

    @Test
    void refusesABatchThatDoesNotMoveItsIndexForward() {
        write(3);

        assertThatThrownBy(() -> write(3, new Change.PutUser(ALICE))).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.userByName("alice")).isNull();
    }

    @Test
    void hashesWhatItHoldsAndNotHowItCameThere() {
        write(1, new Change.PutUser(ALICE), new Change.PutUser(BOB), new Change.PutRequest(request(1, 1)));
        write(2, new Change.PutRequest(request(2, 2)), new Change.RemoveRequest(new RequestStamp(1, key(1))));

        assertThat(store.stateHash())
                .isEqualTo(StateHash.of(request(2, 2)).plus(StateHash.of(BOB)).plus(StateHash.of(ALICE)));
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), store.stateHash()));
    }

    @Test
    void tellsEveryFieldByTheHash() {
        List<StateHash> hashes = List.of(
                StateHash.EMPTY,
                StateHash.of(ALICE),
                StateHash.of(new User(BOB.id(), ALICE.username(), ALICE.passwordHash(), ALICE.createdAtMillis())),
                StateHash.of(new User(ALICE.id(), BOB.username(), ALICE.passwordHash(), ALICE.createdAtMillis())),
                StateHash.of(new User(ALICE.id(), ALICE.username(), BOB.passwordHash(), ALICE.createdAtMillis())),
                StateHash.of(new User(ALICE.id(), ALICE.username(), ALICE.passwordHash(), 5)),
                StateHash.of(ALICE.withRequestKey(key(1))),
                StateHash.of(ALICE.withAccess(new Access(1, false, List.of()))),
                StateHash.of(ALICE.withAccess(new Access(0, true, List.of()))),
                StateHash.of(ALICE.withAccess(new Access(0, false, List.of("admin")))),
                StateHash.of(ALICE.withAccess(new Access(0, false, List.of("admin", "auditor")))),
                StateHash.of(ALICE.withAccess(Access.INITIAL.withLock(new Lock(1, 0)))),
                StateHash.of(ALICE.withAccess(Access.INITIAL.withLock(new Lock(0, 1)))),
                StateHash.of(ALICE.withResetCode(new ResetCode(key(1), 1))),
                StateHash.of(ALICE.withResetCode(new ResetCode(key(1), 2))),
                StateHash.of(ALICE.withResetCode(new ResetCode(key(2), 1))),
                StateHash.of(ALICE.withFamilies(List.of(family(1, 2, 3, 4)))),
                StateHash.of(ALICE.withFamilies(List.of(family(2, 2, 3, 4)))),
                StateHash.of(ALICE.withFamilies(List.of(family(1, 3, 3, 4)))),
                StateHash.of(ALICE.withFamilies(List.of(family(1, 2, 4, 4)))),
                StateHash.of(ALICE.withFamilies(List.of(family(1, 2, 3, 5)))),
                StateHash.of(OLD_KEY),
                StateHash.of(signingKey("other", 10)),
                StateHash.of(signingKey("z-old", 11)),
                StateHash.of(request(1, 1)),
                StateHash.of(request(2, 1)),
                StateHash.of(request(1, 2)),
                StateHash.of(ALICE).plus(StateHash.of(ALICE)));

        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void hasTheHashOfAnEmptyStateWhenAllIsGone() {
        write(1, new Change.PutRequest(request(1, 1)), new Change.PutRequest(request(2, 2)));
        assertThat(store.stateHash()).isNotEqualTo(StateHash.EMPTY);
        write(
                2,
                new Change.RemoveRequest(new RequestStamp(2, key(2))),
                new Change.RemoveRequest(new RequestStamp(1, key(1))));

        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.EMPTY));
    }

    @Test
    void replacesAUserWhole() {
        User renamed = new User(ALICE.id(), "alicia", new PasswordHash("$argon2id$new"), 9);
        write(1, new Change.PutUser(ALICE));
        write(2, new Change.PutUser(renamed), new Change.PutUser(renamed));

        assertThat(store.userByName("alice")).isNull();
        assertThat(store.userByName("alicia")).isEqualTo(renamed);
        assertThat(store.userById(ALICE.id())).isEqualTo(renamed);
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(renamed)));
    }

    @Test
    void keepsWhatAUserMayDo() {
        User user = ALICE.withRequestKey(key(3)).withAccess(new Access(7, true, List.of("admin", "auditor")));
        write(1, new Change.PutUser(user));

        assertThat(store.userById(ALICE.id())).isEqualTo(user);
        assertThat(store.verify().hash()).isEqualTo(StateHash.of(user));
    }

    @Test
    void removesAUserWhole() {
        write(1, new Change.PutUser(ALICE), new Change.PutUser(BOB));
        write(2, new Change.RemoveUser(ALICE.id()), new Change.RemoveUser(new UUID(9, 9)));

        assertThat(store.userById(ALICE.id())).isNull();
        assertThat(store.userByName("alice")).isNull();
        assertThat(store.userByName("bøb")).isEqualTo(BOB);
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(BOB)));
    }

    @Test
    void givesARemovedNameAwayInTheSameBatch() {
        User other = new User(new UUID(3, 3), "alice", BOB.passwordHash(), 3);
        write(1, new Change.PutUser(ALICE));
        write(2, new Change.RemoveUser(ALICE.id()), new Change.PutUser(other), new Change.RemoveUser(ALICE.id()));

        assertThat(store.userByName("alice")).isEqualTo(other);
        assertThat(store.userById(ALICE.id())).isNull();
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(other)));
    }

    @Test
    void removesAUserOfTheSameBatch() {
        write(1, new Change.PutUser(ALICE), new Change.RemoveUser(ALICE.id()));

        assertThat(store.userByName("alice")).isNull();
        assertThat(store.verify()).isEqualTo(new AppliedState(at(1), StateHash.EMPTY));
    }

    private static User named(int number, String username) {
        return new User(new UUID(20, number), username, new PasswordHash("$hash"), 1);
    }

    @Test
    void listsUsersByTheBytesOfTheirNames() {
        List<User> users = List.of(
                named(1, "ann"),
                named(2, "anna"),
                named(3, "anne"),
                named(4, "bob"),
                named(5, "\uff5e"),
                named(6, "\ud83d\ude00"));
        write(1, users.reversed().stream().map(Change.PutUser::new).toArray(Change[]::new));

        assertThat(store.usersByName("", null, 10)).isEqualTo(users);
        assertThat(store.usersByName("ann", null, 10)).isEqualTo(users.subList(0, 3));
        assertThat(store.usersByName("ann", null, 2)).isEqualTo(users.subList(0, 2));
        assertThat(store.usersByName("ann", "ann", 2)).isEqualTo(users.subList(1, 3));
        assertThat(store.usersByName("ann", "annb", 5)).isEqualTo(users.subList(2, 3));
        assertThat(store.usersByName("ann", "a", 1)).isEqualTo(users.subList(0, 1));
        assertThat(store.usersByName("ann", "bob", 5)).isEmpty();
        assertThat(store.usersByName("", "bob", 5)).isEqualTo(users.subList(4, 6));
        assertThat(store.usersByName("c", null, 5)).isEmpty();
        write(2, new Change.PutUser(named(7, "abe")));
        assertThat(store.usersByName("ann", "a", 1)).as("one stands between").isEqualTo(users.subList(0, 1));
    }

    @Test
    void knowsWhoMayAdminister() {
        Access administrator = new Access(0, false, List.of("admin"));
        write(
                1,
                new Change.PutUser(ALICE.withAccess(administrator)),
                new Change.PutUser(BOB.withAccess(administrator)));
        assertThat(store.administrators(10)).containsExactlyInAnyOrder(ALICE.id(), BOB.id());
        assertThat(store.administrators(1)).hasSize(1);

        write(2, new Change.PutUser(ALICE.withAccess(new Access(1, true, List.of("admin")))));
        assertThat(store.administrators(10)).containsExactly(BOB.id());
        write(3, new Change.RemoveUser(BOB.id()), new Change.PutUser(ALICE));
        assertThat(store.administrators(10)).isEmpty();
        assertThat(store.verify().hash()).isEqualTo(StateHash.of(ALICE));
    }

    @Test
    void listsSigningKeysByTheirPlaces() {
        write(1, new Change.PutSigningKey(NEW_KEY), new Change.PutSigningKey(OLD_KEY));

        assertThat(store.signingKeys()).containsExactly(OLD_KEY, NEW_KEY);
        assertThat(store.verify().hash()).isEqualTo(StateHash.of(OLD_KEY).plus(StateHash.of(NEW_KEY)));
    }

    @Test
    void replacesAndForgetsSigningKeys() {
        SigningKey later = signingKey("z-old", 30);
        write(1, new Change.PutSigningKey(OLD_KEY), new Change.PutSigningKey(NEW_KEY), new Change.PutSigningKey(later));
        assertThat(store.signingKeys()).containsExactly(NEW_KEY, later);

        write(2, new Change.RemoveSigningKey("a-new"), new Change.RemoveSigningKey("none"));
        assertThat(store.signingKeys()).containsExactly(later);
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(later)));
    }

    @Test
    void replacesARequestWhole() {
        write(1, new Change.PutRequest(request(1, 1)));
        write(2, new Change.PutRequest(request(2, 1)));

        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).containsExactly(new RequestStamp(2, key(1)));
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(request(2, 1))));
    }

    @Test
    void forgetsNothingThatIsNotThere() {
        write(1, new Change.PutRequest(request(2, 1)));
        write(
                2,
                new Change.RemoveRequest(new RequestStamp(1, key(1))),
                new Change.RemoveRequest(new RequestStamp(2, key(2))));

        assertThat(store.request(key(1))).isEqualTo(request(2, 1));
        assertThat(store.verify()).isEqualTo(new AppliedState(at(2), StateHash.of(request(2, 1))));
    }

    @Test
    void keepsEverythingOverACloseAndAnOpen() {
        write(3, new Change.PutUser(ALICE), new Change.PutRequest(request(1, 1)), new Change.PutSigningKey(OLD_KEY));
        AppliedState state = store.appliedState();
        store.close();
        store = open();

        assertThat(store.appliedState()).isEqualTo(state);
        assertThat(store.verify()).isEqualTo(state);
        assertThat(store.appliedIndex()).isEqualTo(3);
        assertThat(store.userByName("alice")).isEqualTo(ALICE);
        assertThat(store.request(key(1))).isEqualTo(request(1, 1));
        assertThat(store.oldestRequests(0, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(store.signingKeys()).containsExactly(OLD_KEY);
    }

    @Test
    void goesBackToTheLastFlushAsAWholeAfterACrash() {
        write(3, new Change.PutUser(ALICE), new Change.PutRequest(request(1, 1)));
        store.flush();
        write(4, new Change.PutUser(BOB), new Change.RemoveRequest(new RequestStamp(1, key(1))));

        try (UserStore survivor = openAsAfterACrash(store)) {
            assertThat(survivor.applied()).isEqualTo(at(3));
            assertThat(survivor.verify())
                    .isEqualTo(new AppliedState(at(3), StateHash.of(ALICE).plus(StateHash.of(request(1, 1)))));
            assertThat(survivor.userByName("alice")).isEqualTo(ALICE);
            assertThat(survivor.userByName("bøb")).isNull();
            assertThat(survivor.userById(BOB.id())).isNull();
            assertThat(survivor.request(key(1))).isEqualTo(request(1, 1));
            assertThat(survivor.oldestRequests(0, Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void isEmptyAfterACrashBeforeTheFirstFlush() {
        write(3, new Change.PutUser(ALICE));

        try (UserStore survivor = openAsAfterACrash(store)) {
            assertThat(survivor.appliedIndex()).isZero();
            assertThat(survivor.userByName("alice")).isNull();
        }
    }

    @Test
    void refusesToBeUsedAfterItWasClosed() {
        store.close();
        store.close();

        assertThatThrownBy(() -> store.userByName("alice")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> write(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.flush()).isInstanceOf(IllegalStateException.class);
    }

    private static TokenFamily family(int id, int current, int previous, long expiresAtMillis) {
        return new TokenFamily(new UUID(9, id), List.of(key(current)), List.of(key(previous)), 7, expiresAtMillis);
    }
}
