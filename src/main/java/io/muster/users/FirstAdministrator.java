package io.muster.users;

import io.muster.users.store.Access;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first administrator, once in the life of a cluster: where there is none. Every replica that was told of one tries;
 * of several, one is made. Thread-safe.
 */
public final class FirstAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private final Proposals proposals;
    private final UserStore store;
    private final PasswordHasher hasher;
    private final InstantSource clock;
    private final Duration deadline;
    /** Null once there is nothing left to do with them. */
    private volatile @Nullable Credentials credentials;

    /**
     * To be made when asked for.
     *
     * @param username valid as a name of users
     * @param password obeys {@code options}' policy; throws {@link PolicyViolationException} where one of them is not so
     */
    public FirstAdministrator(
            Proposals proposals,
            UserStore store,
            PasswordHasher hasher,
            RegistryOptions options,
            InstantSource clock,
            String username,
            String password) {
        this.proposals = proposals;
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
        this.deadline = options.deadline();
        this.credentials = Credentials.check(username, password, options.policy());
    }

    /** Makes the administrator, unless there is one. */
    public void makeIfNone() {
        Credentials wanted = credentials;
        if (wanted == null) {
            return;
        }
        if (store.administrators(1).isEmpty()) {
            Deadline until = Deadline.after(deadline);
            long _ = proposals.readBarrier(until);
            if (store.administrators(1).isEmpty()) {
                make(wanted, until);
            }
        }
        credentials = null;
    }

    private void make(Credentials wanted, Deadline until) {
        PasswordHash hash = hasher.hash(wanted.password(), until);
        User user = new User(UUID.randomUUID(), wanted.username().value(), hash, clock.millis())
                .withAccess(new Access(0, false, List.of(Access.ADMINISTRATOR)));
        RegistryResult result = proposals
                .propose(new AddFirstAdministrator(user), RegistryResult.class, until)
                .result();
        if (result == ChangeResult.DONE) {
            LOG.info("Made the first administrator, user {}", user.id());
        } else if (result instanceof RegisterResult.Conflict) {
            LOG.warn("No administrator could be made: a user who is none holds the name of muster.admin.username");
        }
    }
}
