package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.users.store.PasswordHash;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many hashes are made anew where everybody's is due, as after a change of the settings. */
@Timeout(60)
class RehashTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Password PASSWORD = ((Checked.Valid<Password>) Password.check("correct horse")).value();
    private static final int USERS = 60;

    @TempDir
    Path directory;

    private final PasswordHasher hasher =
            new PasswordHasher(new HashScheme.Argon2id(new HashParameters(16, 1)), Peppers.NONE, 1, 16, MINUTE);
    private final ManualTimeMeter clock = new ManualTimeMeter();
    private UserStore store;
    private SingleReplica cluster;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        PasswordHash weak = new PasswordHash("$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e");
        for (int i = 1; i <= USERS; i++) {
            User user = CommandLog.user(i, "user" + i).withPasswordHash(weak);
            assertThat(cluster.propose(CommandCodec.encode(new RegisterCommand(user))))
                    .isCompleted();
        }
    }

    @AfterEach
    void close() {
        hasher.close();
        store.close();
    }

    private User user(int i) {
        return Objects.requireNonNull(store.userById(new UUID(7, i)));
    }

    private boolean isAnew(User user) {
        return user.passwordHash().phc().startsWith("$argon2id$");
    }

    /** How many are made anew; those that wait for their turn have one with a later call. */
    private long offerToAll(Rehash rehash) {
        IntStream.rangeClosed(1, USERS).forEach(i -> rehash.offer(user(i), PASSWORD));
        return IntStream.rangeClosed(1, USERS)
                .mapToObj(this::user)
                .filter(this::isAnew)
                .count();
    }

    @Test
    void makesFiveAnewASecond() {
        Rehash rehash = new Rehash(TestProposals.of(cluster), hasher, clock);

        for (int anew = 5; anew <= 15; anew += 5) {
            long due = anew;
            await().during(Duration.ofMillis(200)).until(() -> offerToAll(rehash) == due);
            clock.pass(Duration.ofSeconds(1));
        }
    }
}
