package io.muster.users;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.store.RocksUserStore;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader whose answer cannot be read. */
@Timeout(60)
class HostileResultTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);

    /** Applies everything, and answers bytes that are no result. */
    private static final class Babbler implements Consensus {

        @Override
        public CompletableFuture<Committed> propose(Bytes command) {
            return CompletableFuture.completedFuture(new Committed(1, Bytes.copyOf(new byte[] {1, 2, 3})));
        }

        @Override
        public CompletableFuture<Long> readBarrier() {
            return CompletableFuture.completedFuture(1L);
        }

        @Override
        public CompletableFuture<Long> awaitApplied(long index) {
            return CompletableFuture.completedFuture(1L);
        }

        @Override
        public long appliedIndex() {
            return 1;
        }
    }

    @Test
    void leavesTheOutcomeUnknown(@TempDir Path directory) {
        try (PasswordHasher hasher = new PasswordHasher(
                        new HashScheme.Argon2id(SMALLEST), Peppers.NONE, 1, 1, Duration.ofMinutes(1));
                UserStore store = RocksUserStore.open(
                        directory.resolve("users"), directory.resolve("snapshots"), LogStart.ZERO, failure -> {})) {
            RegistryOptions options =
                    new RegistryOptions(new PasswordPolicy(8, true, true), true, Duration.ofMinutes(1));
            Consensus babbler = new Babbler();
            Authenticator authenticator = TestLockout.authenticator(babbler, store, hasher, InstantSource.system());
            Tokens tokens = TestTokens.of(babbler, store, InstantSource.system());
            Registry registry = new Registry(
                    TestProposals.of(babbler),
                    authenticator,
                    hasher,
                    TestTokens.sessions(babbler, store, tokens),
                    options,
                    InstantSource.system(),
                    UUID::randomUUID);

            assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                    .isThrownBy(() -> registry.register("alice", "correct horse", null));
        }
    }
}
