package io.muster.users;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Registers and logs in users, on any replica. Thread-safe. Methods block, for the deadline of {@link RegistryOptions} at
 * most, and throw {@link RegistryException} where the request is at fault, {@link ConsensusException} where the cluster
 * is.
 */
public final class Registry {

    private final Consensus consensus;
    private final UserStore store;
    private final PasswordHasher hasher;
    private final RegistryOptions options;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /**
     * A registry on this replica.
     *
     * @param store the state that {@code consensus} drives; only read here
     * @param clock stamps new users
     * @param ids draws the ids of new users; never the same twice
     */
    public Registry(
            Consensus consensus,
            UserStore store,
            PasswordHasher hasher,
            RegistryOptions options,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.consensus = consensus;
        this.store = store;
        this.hasher = hasher;
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
        Deadline deadline = Deadline.after(options.deadline());
        Bytes requestKey = idempotencyKey == null ? null : RequestKey.of(idempotencyKey);
        Credentials credentials = check(username, password);
        PasswordHash hash = hasher.hash(credentials.password(), deadline);
        User user = new User(ids.get(), credentials.username().value(), hash, clock.millis());
        Consensus.Committed committed = propose(new RegisterCommand(user, requestKey), deadline);
        return switch (resultOf(committed)) {
            case RegisterResult.Registered() -> registered(user, false, committed.index());
            case RegisterResult.Conflict() -> throw new UsernameTakenException(committed.index());
            case RegisterResult.Replayed(User first) -> {
                prove(credentials, first, deadline);
                yield registered(first, true, committed.index());
            }
        };
    }

    /** A leader of a newer version may answer what this one cannot read. The command was applied all the same. */
    private static RegisterResult resultOf(Consensus.Committed committed) {
        try {
            return CommandCodec.decodeResult(committed.result());
        } catch (IllegalArgumentException e) {
            throw new ConsensusException.OutcomeUnknown("the result of the registration cannot be read");
        }
    }

    private Credentials check(String username, String password) {
        Checked<Username> name = Username.check(username);
        Checked<Password> secret = options.policy()
                .check(password, name instanceof Checked.Valid<Username>(Username valid) ? valid : null);
        if (name instanceof Checked.Valid<Username>(Username validName)
                && secret instanceof Checked.Valid<Password>(Password validSecret)) {
            return new Credentials(validName, validSecret);
        }
        throw new PolicyViolationException(
                Stream.of(name, secret).flatMap(Registry::violation).toList());
    }

    private static Stream<Violation> violation(Checked<?> checked) {
        return checked instanceof Checked.Broken<?>(Violation violation) ? Stream.of(violation) : Stream.empty();
    }

    private Consensus.Committed propose(RegisterCommand command, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new ConsensusException.Overloaded("no time was left to propose the registration");
        }
        return Answers.await(
                consensus.propose(CommandCodec.encode(command)),
                deadline,
                () -> new ConsensusException.OutcomeUnknown("the registration was not confirmed in time"));
    }

    /** Whoever replays a request must know its password, or the key would tell who registered. */
    private void prove(Credentials credentials, User first, Deadline deadline) {
        if (!first.username().equals(credentials.username().value()) || !verifyReplay(credentials, first, deadline)) {
            throw new IdempotencyKeyReusedException();
        }
    }

    private boolean verifyReplay(Credentials credentials, User first, Deadline deadline) {
        try {
            return hasher.verify(credentials.password(), first.passwordHash(), deadline);
        } catch (ConsensusException.Overloaded e) {
            // "Overloaded" promises that nothing was appended, but the command was.
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
        long index = Answers.await(
                consensus.readBarrier(),
                deadline,
                () -> new ConsensusException.NoQuorum("no read point was confirmed in time"));
        User user = find(username);
        if (user == null || !(Password.check(password) instanceof Checked.Valid<Password>(Password valid))) {
            hasher.verifyNobody(deadline);
            throw new InvalidCredentialsException();
        }
        boolean matches = hasher.verify(valid, user.passwordHash(), deadline);
        if (!matches || !holdsStill(user)) {
            throw new InvalidCredentialsException();
        }
        return new LoggedIn(user.id(), user.username(), index);
    }

    private @Nullable User find(String username) {
        return Username.check(username) instanceof Checked.Valid<Username>(Username valid)
                ? store.userByName(valid.value())
                : null;
    }

    /** A password that was changed, or a user removed, while the hash was computed opens no door. */
    private boolean holdsStill(User user) {
        User now = store.userByName(user.username());
        return now != null && now.id().equals(user.id()) && now.passwordHash().equals(user.passwordHash());
    }

    private record Credentials(Username username, Password password) {}
}
