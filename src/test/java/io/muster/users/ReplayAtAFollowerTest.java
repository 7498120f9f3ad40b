package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.node.Consensus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.users.store.TestStores;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retry may come to a replica that has not applied the first registration yet. */
class ReplayAtAFollowerTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Is answered by the leader, and applies what it has to once somebody waits for that. */
    private record Follower(SingleReplica leader, UserStateMachine machine) implements Consensus {

        @Override
        public CompletableFuture<Committed> propose(Bytes command) {
            return leader.propose(command);
        }

        @Override
        public CompletableFuture<Long> readBarrier() {
            return awaitApplied(leader.appliedIndex());
        }

        @Override
        public CompletableFuture<Long> awaitApplied(long index) {
            List<Entry> missing = leader.log().subList((int) appliedIndex(), (int) index);
            var _ = machine.apply(List.copyOf(missing));
            return CompletableFuture.completedFuture(appliedIndex());
        }

        @Override
        public long appliedIndex() {
            return machine.appliedIndex();
        }
    }

    private static UserStateMachine machine(UserStore store) {
        return new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME);
    }

    private static Registry registry(Consensus consensus, UserStore store, PasswordHasher hasher) {
        InstantSource clock = InstantSource.system();
        return new Registry(
                TestProposals.of(consensus),
                TestLockout.authenticator(consensus, store, hasher, clock),
                hasher,
                TestTokens.sessions(consensus, store, TestTokens.of(consensus, store, clock)),
                new RegistryOptions(new PasswordPolicy(8, true, true), true, MINUTE),
                clock,
                UUID::randomUUID);
    }

    @Test
    void isAnsweredAsTheFirstTime(@TempDir Path directory) {
        try (UserStore leaderStore = TestStores.open(directory.resolve("leader"));
                UserStore store = TestStores.open(directory.resolve("follower"));
                PasswordHasher hasher =
                        new PasswordHasher(new HashScheme.Argon2id(SMALLEST), Peppers.NONE, 1, 8, MINUTE)) {
            SingleReplica leader = new SingleReplica(machine(leaderStore));
            Registered first = registry(leader, leaderStore, hasher).register("alice", "correct horse", "key-1");
            Registered again = registry(new Follower(leader, machine(store)), store, hasher)
                    .register("alice", "correct horse", "key-1");

            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.replayed()).isTrue();
        }
    }
}
