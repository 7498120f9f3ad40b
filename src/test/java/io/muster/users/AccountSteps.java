package io.muster.users;

import io.muster.node.Consensus;
import io.muster.users.store.Access;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.Claims;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@link Tokens}, {@link Accounts} and {@link Administration} do with consensus and store, for callers that must not block; with
 * the claims of tokens in the place of tokens, numbers in the place of passwords, and no hashing.
 */
public final class AccountSteps {

    /** What a call came to. */
    public enum Answer {
        DONE,
        INVALID_TOKEN,
        INVALID_CREDENTIALS,
        /** There is no user of that id. */
        MISSING
    }

    private final Consensus consensus;
    private final UserStore store;
    private final RegistrySteps registry;
    private final Supplier<CompletableFuture<Void>> work;

    /** @param work takes the time that a thread needs between two steps, such as that of a hash */
    public AccountSteps(Consensus consensus, UserStore store, Supplier<CompletableFuture<Void>> work) {
        this.consensus = consensus;
        this.store = store;
        this.registry = new RegistrySteps(consensus, store);
        this.work = work;
    }

    /** Makes an administrator, unless there is one; a user like others, for whom {@link RegistrySteps#login} is. */
    public CompletableFuture<Answer> makeFirstAdministrator(UUID id, String name, int password, long millis) {
        User user = new User(id, name, RegistrySteps.hash(password), millis)
                .withAccess(new Access(0, false, List.of(Access.ADMINISTRATOR)));
        return consensus
                .propose(CommandCodec.encode(new AddFirstAdministrator(user)))
                .thenApply(_ -> Answer.DONE);
    }

    /** Whether a token is good. */
    public CompletableFuture<Answer> me(Claims token) {
        return as(token, _ -> CompletableFuture.completedFuture(Answer.DONE));
    }

    /** Whether it would be, in the state of this replica. */
    public boolean isLive(Claims token) {
        try {
            var _ = Tokens.requireLive(store.userById(token.userId()), token);
            return true;
        } catch (InvalidTokenException e) {
            return false;
        }
    }

    /** Ends all sessions of the user of a token. */
    public CompletableFuture<Answer> endSessions(Claims token) {
        return as(
                token,
                user -> propose(
                        new AccountCommand.EndSessions(user.id(), user.access().epoch())));
    }

    /** Changes the password of the user of a token. */
    public CompletableFuture<Answer> changePassword(Claims token, int current, int replacement) {
        return as(
                token,
                user -> prove(
                        user,
                        current,
                        new AccountCommand.ChangePassword(
                                user.id(), user.access().epoch(), RegistrySteps.hash(replacement))));
    }

    /** Deletes the user of a token. */
    public CompletableFuture<Answer> delete(Claims token, int password) {
        return as(
                token,
                user -> prove(
                        user,
                        password,
                        new AccountCommand.DeleteUser(user.id(), user.access().epoch())));
    }

    /** Disables a user or enables him again, by the token of an administrator. */
    public CompletableFuture<Answer> setDisabled(Claims token, UUID userId, boolean disabled) {
        return as(
                token,
                administrator -> propose(new ByAdministrator(
                        administrator.id(),
                        administrator.access().epoch(),
                        new AccountCommand.ChangeUser(userId, disabled, null, false))));
    }

    private CompletableFuture<Answer> as(Claims token, Function<User, CompletableFuture<Answer>> then) {
        return consensus.readBarrier().thenCompose(_ -> {
            try {
                return then.apply(Tokens.requireLive(store.userById(token.userId()), token));
            } catch (InvalidTokenException e) {
                return CompletableFuture.completedFuture(Answer.INVALID_TOKEN);
            }
        });
    }

    private CompletableFuture<Answer> prove(User user, int password, AccountCommand command) {
        return work.get()
                .thenCompose(_ -> registry.login(user, password) == null
                        ? CompletableFuture.completedFuture(Answer.INVALID_CREDENTIALS)
                        : propose(command));
    }

    private CompletableFuture<Answer> propose(RegistryCommand command) {
        return work.get()
                .thenCompose(_ -> consensus.propose(CommandCodec.encode(command)))
                .thenApply(committed -> switch ((ChangeResult) ResultCodec.decode(committed.result())) {
                    case DONE -> Answer.DONE;
                    case MISSING -> command instanceof ByAdministrator ? Answer.MISSING : Answer.INVALID_TOKEN;
                    case OUTDATED, DENIED, REUSED -> Answer.INVALID_TOKEN;
                    case LAST_ADMINISTRATOR -> throw new IllegalStateException("nobody here is an administrator");
                });
    }
}
