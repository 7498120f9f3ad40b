package io.muster.users;

import io.muster.node.Consensus;
import io.muster.users.store.UserStore;
import java.time.Duration;
import java.time.InstantSource;

/** Authenticators with the settings of the defaults. */
public final class TestLockout {

    static final LockoutOptions OPTIONS =
            new LockoutOptions(LockoutOptions.Mode.LOCK, 10, Duration.ofMinutes(1), Duration.ofMinutes(15));

    private TestLockout() {}

    public static Authenticator authenticator(
            Consensus consensus, UserStore store, PasswordHasher hasher, InstantSource clock) {
        return new Authenticator(
                store,
                hasher,
                new AccountLockout(TestProposals.of(consensus), OPTIONS, clock),
                new Rehash(TestProposals.of(consensus), hasher),
                _ -> {});
    }
}
