package io.muster.users;

import io.muster.node.Consensus;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Registry} does with consensus and store, for callers that must not block; with numbers in the place of
 * passwords and no hashing.
 */
public final class RegistrySteps {

    /** What a registration came to. */
    public enum Answer {
        REGISTERED,
        REPLAYED,
        CONFLICT,
        /** The key was used for another name or password. */
        KEY_REUSED
    }

    private final Consensus consensus;
    private final UserStore store;

    public RegistrySteps(Consensus consensus, UserStore store) {
        this.consensus = consensus;
        this.store = store;
    }

    /** Proposes a registration; the future is that of {@link Consensus#propose}. */
    public CompletableFuture<Consensus.Committed> propose(
            UUID id, String name, int password, @Nullable String key, long millis) {
        User user = new User(id, name, hash(password), millis).withRequestKey(key == null ? null : RequestKey.of(key));
        return consensus.propose(CommandCodec.encode(new RegisterCommand(user)));
    }

    /** What the state machine answered to that registration. */
    public static Answer answer(Consensus.Committed committed, String name, int password) {
        return switch ((RegisterResult) ResultCodec.decode(committed.result())) {
            case RegisterResult.Registered() -> Answer.REGISTERED;
            case RegisterResult.Conflict() -> Answer.CONFLICT;
            case RegisterResult.Replayed(User first) ->
                first.username().equals(name) && first.passwordHash().equals(hash(password))
                        ? Answer.REPLAYED
                        : Answer.KEY_REUSED;
        };
    }

    /** The point from which on {@link #opens} may be asked. */
    public CompletableFuture<Long> readPoint() {
        return consensus.readBarrier();
    }

    /** Whether the password is that of the user in the state of this replica. */
    public boolean opens(String name, int password) {
        User user = store.userByName(name);
        return user != null && user.passwordHash().equals(hash(password));
    }

    /** The password that a hash of this class stands for. */
    public static int password(PasswordHash hash) {
        return Integer.parseInt(hash.phc().substring(1));
    }

    private static PasswordHash hash(int password) {
        return new PasswordHash("$" + password);
    }
}
