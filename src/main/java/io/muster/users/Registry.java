package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Registers and logs in users, on any replica. Thread-safe. Methods block, for the deadline of {@link RegistryOptions} at
 * most, and throw {@link RegistryException} where the request is at fault, {@link ConsensusException} where the cluster
 * is.
 */
public final class Registry {

    private final Proposals proposals;
    private final Authenticator authenticator;
    private final PasswordHasher hasher;
    private final Sessions sessions;
    private final RegistryOptions options;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /**
     * A registry on this replica.
     *
     * @param clock stamps new users
     * @param ids draws the ids of new users; never the same twice
     */
    public Registry(
            Proposals proposals,
            Authenticator authenticator,
            PasswordHasher hasher,
            Sessions sessions,
            RegistryOptions options,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.proposals = proposals;
        this.authenticator = authenticator;
        this.hasher = hasher;
        this.sessions = sessions;
        this.options = options;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Whether registers and logins that came now would wait too long for a hash: refusing them at once costs next to
     * nothing, and leaves the processors to those that wait.
     */
    public boolean isOverloaded() {
        return hasher.isCrowded();
    }

    /**
     * Registers a user. It has happened, durably on a majority, when this returns.
     *
     * @param idempotencyKey 1 to 255 characters under which a retry is answered as the first time, for 24 hours; null for
     *     none
     */
    public Registered register(String username, String password, @Nullable String idempotencyKey) {
        if (!options.open()) {
            throw new RegistrationClosedException();
        }
        return register(
                username, password, idempotencyKey, UnaryOperator.identity(), Deadline.after(options.deadline()));
    }

    /** The same for an administrator, also where nobody else may register. */
    public Registered register(
            Administrator administrator, String username, String password, @Nullable String idempotencyKey) {
        return register(username, password, idempotencyKey, administrator::asking, administrator.deadline());
    }

    private Registered register(
            String username,
            String password,
            @Nullable String idempotencyKey,
            UnaryOperator<RegistryCommand> asking,
            Deadline deadline) {
        Bytes requestKey = idempotencyKey == null ? null : RequestKey.of(idempotencyKey);
        Credentials credentials = Credentials.check(username, password, options.policy());
        PasswordHash hash = hasher.hash(credentials.password(), deadline);
        User user =
                new User(ids.get(), credentials.username().value(), hash, clock.millis()).withRequestKey(requestKey);
        Proposals.Outcome<RegisterResult> outcome =
                proposals.propose(asking.apply(new RegisterCommand(user)), RegisterResult.class, deadline);
        return switch (outcome.result()) {
            case RegisterResult.Registered() -> registered(user, false, outcome.index());
            case RegisterResult.Conflict() -> throw new UsernameTakenException(outcome.index());
            case RegisterResult.Replayed(User first) -> {
                // A follower's state may be behind what the leader answered, and would not know the user yet.
                proposals.awaitApplied(outcome.index(), deadline);
                prove(credentials, first, deadline);
                yield registered(first, true, outcome.index());
            }
        };
    }

    /** Whoever replays a request must know its password, or the key would tell who registered. */
    private void prove(Credentials credentials, User first, Deadline deadline) {
        if (!first.username().equals(credentials.username().value()) || !verifyReplay(credentials, first, deadline)) {
            throw new IdempotencyKeyReusedException();
        }
    }

    private boolean verifyReplay(Credentials credentials, User first, Deadline deadline) {
        try {
            return authenticator.provesRegistration(first, credentials.password(), deadline);
        } catch (ConsensusException.Overloaded | UnknownPepperException e) {
            // Both promise that nothing was appended, but the command was.
            throw new ConsensusException.OutcomeUnknown("the replayed registration could not be verified in time");
        }
    }

    private static Registered registered(User user, boolean replayed, long index) {
        return new Registered(
                user.id(), user.username(), Instant.ofEpochMilli(user.createdAtMillis()), replayed, index);
    }

    /**
     * Logs a user in, by a linearizable read and one hash, also where the name is unknown or a value breaks a rule. The
     * policy for new passwords is not asked: it may have changed since the user registered.
     */
    public LoggedIn login(String username, String password) {
        Deadline deadline = Deadline.after(options.deadline());
        long index = proposals.readBarrier(deadline);
        User user = authenticator.authenticate(username, password, deadline);
        return sessions.open(user, index, deadline);
    }
}
