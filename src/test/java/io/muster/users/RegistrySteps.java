package io.muster.users;

import io.muster.node.Consensus;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.Claims;
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

    /** The point from which on {@link #find} may be asked. */
    public CompletableFuture<Long> readPoint() {
        return consensus.readBarrier();
    }

    /** The user whose hash a login computes; null where there is none. */
    public @Nullable User find(String name) {
        return store.userByName(name);
    }

    /** What the token of a login says, once the hash is computed; null where the login is refused. */
    public @Nullable Claims login(@Nullable User before, int password) {
        User now = before == null ? null : store.userById(before.id());
        if (before == null || now == null || !before.passwordHash().equals(hash(password))) {
            return null;
        }
        return Authenticator.opensTo(before, now)
                ? new Claims(now.id(), now.access().epoch())
                : null;
    }

    /** The password that a hash of this class stands for. */
    public static int password(PasswordHash hash) {
        return Integer.parseInt(hash.phc().substring(1));
    }

    static PasswordHash hash(int password) {
        return new PasswordHash("$" + password);
    }
}
