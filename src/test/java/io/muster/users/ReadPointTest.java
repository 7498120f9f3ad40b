package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.node.Consensus;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another replica has answered is seen behind a read point, and not before. */
class ReadPointTest {

    private static final User ALICE = new User(new UUID(0, 1), "alice", new PasswordHash("$1"), 1);

    @TempDir
    Path directory;

    /** Applies what is under way when a read point is sought. */
    private record Behind(Consensus replica, Bytes underWay) implements Consensus {

        @Override
        public CompletableFuture<Committed> propose(Bytes command) {
            return replica.propose(command);
        }

        @Override
        public CompletableFuture<Long> readBarrier() {
            return propose(underWay).thenApply(Committed::index);
        }

        @Override
        public CompletableFuture<Long> awaitApplied(long index) {
            return replica.awaitApplied(index);
        }

        @Override
        public long appliedIndex() {
            return replica.appliedIndex();
        }
    }

    @Test
    void looksAtTheUserOfATokenBehindAReadPoint() {
        try (UserStore store = TestStores.open(directory.resolve("users"))) {
            Consensus replica = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
            assertThat(replica.propose(CommandCodec.encode(new RegisterCommand(ALICE))))
                    .isCompleted();
            InstantSource clock = InstantSource.system();
            String token = TestTokens.of(replica, store, clock)
                    .issue(ALICE, Deadline.after(Duration.ofMinutes(1)))
                    .value();
            Bytes logout = CommandCodec.encode(new AccountCommand.EndSessions(ALICE.id(), 0));

            Tokens behind = TestTokens.of(new Behind(replica, logout), store, clock);

            assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> behind.authenticate(token));
        }
    }
}
