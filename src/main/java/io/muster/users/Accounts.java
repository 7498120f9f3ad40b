package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What users do with their own accounts, on any replica. Thread-safe. Methods block, until the deadline of the caller at most,
 * and throw {@link RegistryException} where the request is at fault, {@link ConsensusException} where the cluster is. They
 * answer their place in the log.
 */
public final class Accounts {

    private final Proposals proposals;
    private final Authenticator authenticator;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final Duration deadline;
    private final InstantSource clock;

    /**
     * What users do, on this replica.
     *
     * @param options policy of new passwords, and the deadline of calls without a token
     * @param clock of the expiry of reset codes
     */
    public Accounts(
            Proposals proposals,
            Authenticator authenticator,
            PasswordHasher hasher,
            RegistryOptions options,
            InstantSource clock) {
        this.proposals = proposals;
        this.authenticator = authenticator;
        this.hasher = hasher;
        this.policy = options.policy();
        this.deadline = options.deadline();
        this.clock = clock;
    }

    /** Changes the password of a user who proves the current one. All tokens of before are dead then, on every replica. */
    public long changePassword(Caller caller, String current, String replacement) {
        User user = caller.user();
        Password changed = require(policy.check(replacement, new Username(user.username())));
        var _ = authenticator.authenticate(user, current, caller.deadline());
        PasswordHash hash = hasher.hash(changed, caller.deadline());
        return change(
                caller,
                new AccountCommand.ChangePassword(user.id(), user.access().epoch(), hash));
    }

    /**
     * Sets the password of a user who shows the code that an administrator has given him; it is used up. All tokens of before are dead
     * then, and a lock is ended.
     */
    public long resetPassword(String username, String code, String replacement) {
        Deadline until = Deadline.after(deadline);
        Username name = Username.check(username) instanceof Checked.Valid<Username>(Username valid) ? valid : null;
        Password changed = require(policy.check(replacement, name));
        // Before the code is looked at, so that time does not tell whether it was right, or the name there.
        PasswordHash hash = hasher.hash(changed, until);
        long _ = proposals.readBarrier(until);
        Bytes codeHash = ResetCodes.hash(code);
        User user = authenticator.authenticateByCode(username, codeHash, clock.millis());
        Proposals.Outcome<ChangeResult> outcome = proposals.propose(
                new AccountCommand.ResetPassword(user.id(), codeHash, hash), ChangeResult.class, until);
        if (outcome.result() != ChangeResult.DONE) {
            throw new InvalidCredentialsException();
        }
        return outcome.index();
    }

    private static Password require(Checked<Password> checked) {
        return switch (checked) {
            case Checked.Valid<Password>(Password valid) -> valid;
            case Checked.Broken<Password>(Violation violation) ->
                throw new PolicyViolationException(List.of(violation.inField("new")));
        };
    }

    /** Ends all sessions of a user: his tokens are dead then, on every replica. */
    public long endSessions(Caller caller) {
        return change(
                caller,
                new AccountCommand.EndSessions(
                        caller.userId(), caller.user().access().epoch()));
    }

    /** Deletes a user who proves his password. The name is free then. */
    public long delete(Caller caller, String password) {
        User user = caller.user();
        var _ = authenticator.authenticate(user, password, caller.deadline());
        return change(
                caller, new AccountCommand.DeleteUser(user.id(), user.access().epoch()));
    }

    /** Where the user has changed meanwhile, the token of the caller is dead. */
    private long change(Caller caller, AccountCommand command) {
        Proposals.Outcome<ChangeResult> outcome = proposals.propose(command, ChangeResult.class, caller.deadline());
        return switch (outcome.result()) {
            case DONE -> outcome.index();
            case MISSING, OUTDATED, DENIED, REUSED -> throw new InvalidTokenException();
            case LAST_ADMINISTRATOR -> throw new LastAdministratorException();
        };
    }
}
