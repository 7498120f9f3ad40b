package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.store.TokenFamily;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.AccessToken;
import io.muster.users.token.RefreshOptions;
import io.muster.users.token.RefreshToken;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions: an access token, and a refresh token where the settings ask for those. Only with a refresh token is a login written to the
 * log. Thread-safe. Methods block, until the deadline of a call at most, and throw {@link RegistryException} where the request is at
 * fault, {@link ConsensusException} where the cluster is.
 */
public final class Sessions {

    private final Proposals proposals;
    private final UserStore store;
    private final Tokens tokens;
    private final Optional<RefreshOptions> options;
    private final Duration deadline;

    /**
     * Sessions on this replica.
     *
     * @param store the state that the proposals change; only read here
     * @param options empty for no refresh tokens
     * @param deadline of a whole call, positive
     */
    public Sessions(
            Proposals proposals, UserStore store, Tokens tokens, Optional<RefreshOptions> options, Duration deadline) {
        this.proposals = proposals;
        this.store = store;
        this.tokens = tokens;
        this.options = options;
        this.deadline = deadline;
    }

    /** A session of a user who has proved who he is, in the state of that index. */
    LoggedIn open(User user, long index, Deadline until) {
        AccessToken access = tokens.issue(user, until);
        LoggedIn session = options.map(refresh -> openFamily(user, access, refresh, until))
                .orElseGet(() -> new LoggedIn(user.id(), user.username(), access, Optional.empty(), index));
        audit(AuditEvent.Kind.LOGGED_IN, session);
        return session;
    }

    private LoggedIn openFamily(User user, AccessToken access, RefreshOptions refresh, Deadline until) {
        RefreshToken token = RefreshToken.next(user.id(), UUID.randomUUID());
        AccountCommand opening = new AccountCommand.OpenFamily(
                user.id(),
                user.access().epoch(),
                token.familyId(),
                token.hash(),
                refresh.lifetime().toMillis());
        Proposals.Outcome<ChangeResult> outcome = propose(opening, until);
        if (outcome.result() != ChangeResult.DONE) {
            throw new InvalidCredentialsException();
        }
        return new LoggedIn(user.id(), user.username(), access, Optional.of(token), outcome.index());
    }

    /** Nobody will ever show the token of an answer that was not heard: the call may be made again. */
    private Proposals.Outcome<ChangeResult> propose(AccountCommand command, Deadline until) {
        try {
            return proposals.propose(command, ChangeResult.class, until);
        } catch (ConsensusException.OutcomeUnknown e) {
            throw new ConsensusException.NoQuorum("no session could be opened in time");
        }
    }

    /**
     * Another access token for a refresh token, and another refresh token in its place. One that was replaced some time ago ends all that
     * have come of the same login.
     */
    public LoggedIn refresh(String shown) {
        RefreshToken token = RefreshToken.read(shown);
        RefreshOptions refresh = options.orElseThrow(InvalidTokenException::new);
        if (token == null) {
            throw new InvalidTokenException();
        }
        Deadline until = Deadline.after(deadline);
        long _ = proposals.readBarrier(until);
        User user = store.userById(token.userId());
        // What is of no live family must cost no entry of the log.
        if (user == null || user.families().stream().noneMatch(family -> isLive(family, token))) {
            throw new InvalidTokenException();
        }
        return rotate(user, token, refresh, until);
    }

    private boolean isLive(TokenFamily family, RefreshToken token) {
        return token.isOf(family) && family.expiresAtMillis() > store.applied().timeMillis();
    }

    private LoggedIn rotate(User user, RefreshToken token, RefreshOptions refresh, Deadline until) {
        AccessToken access = tokens.issue(user, until);
        RefreshToken next = RefreshToken.next(user.id(), token.familyId());
        Proposals.Outcome<ChangeResult> outcome = proposals.propose(
                new AccountCommand.RotateToken(
                        user.id(),
                        token.familyId(),
                        token.hash(),
                        next.hash(),
                        refresh.lifetime().toMillis(),
                        refresh.grace().toMillis()),
                ChangeResult.class,
                until);
        if (outcome.result() != ChangeResult.DONE) {
            throw new InvalidTokenException();
        }
        // The family was there, so the epoch is still that of the user who was read.
        LoggedIn session = new LoggedIn(user.id(), user.username(), access, Optional.of(next), outcome.index());
        audit(AuditEvent.Kind.TOKEN_REFRESHED, session);
        return session;
    }

    /**
     * Ends the session that a refresh token is of (RFC 7009); where there is none, nothing is left to do. Access tokens that are out
     * live on until they expire. Answers with the index of a state in which it has ended.
     */
    public long end(String shown) {
        RefreshToken token = RefreshToken.read(shown);
        Deadline until = Deadline.after(deadline);
        long index = proposals.readBarrier(until);
        User user = token == null ? null : store.userById(token.userId());
        // What is of no family must cost no entry of the log.
        if (token == null || user == null || user.families().stream().noneMatch(token::isOf)) {
            return index;
        }
        return proposals
                .propose(new AccountCommand.EndFamily(user.id(), token.familyId()), ChangeResult.class, until)
                .index();
    }

    /** For how long a refresh token is good; empty where there are none. */
    public Optional<Duration> refreshLifetime() {
        return options.map(RefreshOptions::lifetime);
    }

    private void audit(AuditEvent.Kind kind, LoggedIn session) {
        proposals
                .audit()
                .record(new AuditEvent(
                        kind, session.id(), Map.of("token", session.token().fingerprint())));
    }
}
