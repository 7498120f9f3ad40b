package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.AccessToken;
import io.muster.users.token.AccessTokens;
import io.muster.users.token.Claims;
import io.muster.users.token.InvalidAccessTokenException;
import io.muster.users.token.JwkSets;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.SigningKeys;
import io.muster.users.token.TokenOptions;
import io.muster.users.token.UnusableSigningKeyException;
import io.muster.users.token.UnverifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens and the cluster's keys that sign them. Any replica makes a key that is due; of several made at a time, one is
 * kept. Thread-safe. Methods that ask the cluster block, for a call's deadline at most, and throw {@link ConsensusException}.
 */
public final class Tokens {

    private final Proposals proposals;
    private final UserStore store;
    private final TokenOptions options;
    private final InstantSource clock;
    private final KeyWrap wrap;
    private final AccessTokens accessTokens;
    private final Duration deadline;

    /**
     * Tokens on this replica.
     *
     * @param store the state that the proposals change; only read here
     * @param wrap wraps the private keys of the cluster
     * @param deadline of a whole call, positive
     */
    public Tokens(
            Proposals proposals,
            UserStore store,
            TokenOptions options,
            InstantSource clock,
            KeyWrap wrap,
            Duration deadline) {
        this.proposals = proposals;
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.wrap = wrap;
        this.accessTokens = new AccessTokens(options, clock, wrap);
        this.deadline = deadline;
    }

    /** A token for a user; makes the first key where the cluster has none yet. */
    AccessToken issue(User user, Deadline until) {
        SigningKey signer = SigningKeys.signer(store.signingKeys(), clock.instant());
        if (signer == null) {
            makeFirstKey(until);
            // Read anew, since the key that was kept may be another replica's.
            long _ = proposals.readBarrier(until);
            signer = SigningKeys.signer(store.signingKeys(), clock.instant());
        }
        if (signer == null) {
            throw new IllegalStateException("the first signing key was made, and is not there");
        }
        return accessTokens.sign(user, signer);
    }

    /** A login is no write: whether this key or another came of it, it may be tried again. */
    private void makeFirstKey(Deadline until) {
        try {
            var _ = replace(null, Duration.ZERO, until);
        } catch (ConsensusException.OutcomeUnknown e) {
            throw new ConsensusException.NoQuorum("no signing key could be made in time");
        }
    }

    /**
     * The user of a token, as of now: neither deleted nor disabled, in the epoch of the token. Refuses others with an {@link
     * InvalidTokenException}.
     */
    public Caller authenticate(String token) {
        Deadline until = Deadline.after(deadline);
        try {
            UnverifiedToken unverified = accessTokens.read(token);
            long index = proposals.readBarrier(until);
            Claims claims = unverified.verify(validKeys());
            return new Caller(requireLive(store.userById(claims.userId()), claims), until, index);
        } catch (InvalidAccessTokenException e) {
            throw new InvalidTokenException();
        }
    }

    /** The user of a token, as he was found by its id; refuses him where the token is not his any more. */
    static User requireLive(@Nullable User user, Claims claims) {
        if (user == null || user.access().disabled() || user.access().epoch() != claims.epoch()) {
            throw new InvalidTokenException();
        }
        return user;
    }

    private List<SigningKey> validKeys() {
        return SigningKeys.valid(store.signingKeys(), clock.instant(), options.overlap());
    }

    /** The public keys that verify tokens, linearizable; makes the first key where the cluster has none yet. */
    public PublishedKeys publishedKeys() {
        Deadline until = Deadline.after(deadline);
        long index = proposals.readBarrier(until);
        if (store.signingKeys().isEmpty()) {
            // Whoever kept an empty set would refuse the tokens of the first key.
            makeFirstKey(until);
            index = proposals.readBarrier(until);
        }
        return new PublishedKeys(JwkSets.toJson(validKeys()), options.maxAge(), index);
    }

    /**
     * Whether this replica can sign tokens, now and by the newest key. It cannot where it was given another secret than the replica that
     * made the key. Throws {@link UnusableSigningKeyException} then, which says why.
     */
    public void requireUsableKeys() {
        List<SigningKey> keys = store.signingKeys();
        SigningKey signer = SigningKeys.signer(keys, clock.instant());
        if (signer != null) {
            accessTokens.requireUsable(signer);
            accessTokens.requireUsable(keys.getLast());
        }
    }

    /**
     * Makes the first key, or replaces one that has reached its age, or that was made by a clock that was wrong. A replica that cannot use
     * the newest key makes none, since the others could not use that; unless the options say so, for a secret that is lost.
     */
    public void rotateIfDue() {
        List<SigningKey> keys = store.signingKeys();
        boolean due = keys.isEmpty() || isDue(keys.getLast()) || isToBeReplaced(keys.getLast());
        if (!due) {
            return;
        }
        Deadline until = Deadline.after(deadline);
        long _ = proposals.readBarrier(until);
        List<SigningKey> now = store.signingKeys();
        if (now.isEmpty()) {
            var _ = replace(null, Duration.ZERO, until);
        } else if (isToBeReplaced(now.getLast())) {
            var _ = replace(now.getLast(), Duration.ZERO, until);
        } else if (isDue(now.getLast()) && isUsable(now.getLast())) {
            var _ = replace(now.getLast(), options.publication(), until);
        }
    }

    /** Both: what is due is made, and a key that cannot be used here is told by an {@link UnusableSigningKeyException}. */
    public void keepKeys() {
        rotateIfDue();
        requireUsableKeys();
    }

    private boolean isToBeReplaced(SigningKey newest) {
        return options.replacesUnusableKeys() && !isUsable(newest);
    }

    private boolean isUsable(SigningKey key) {
        try {
            accessTokens.requireUsable(key);
            return true;
        } catch (UnusableSigningKeyException e) {
            return false;
        }
    }

    /** Makes a new key at once, which signs once it has been published for long enough; answers its place in the log. */
    public long rotate(Administrator administrator) {
        long _ = proposals.readBarrier(administrator.deadline());
        List<SigningKey> keys = store.signingKeys();
        SigningKey newest = keys.isEmpty() ? null : keys.getLast();
        if (newest != null && newest.signsFromMillis() > clock.millis() && !isOfTheFuture(newest)) {
            throw new RotationUnderWayException();
        }
        if (newest != null) {
            accessTokens.requireUsable(newest);
        }
        AddSigningKey command = next(newest, newest == null ? Duration.ZERO : options.publication());
        Proposals.Outcome<ChangeResult> outcome =
                proposals.propose(administrator.asking(command), ChangeResult.class, administrator.deadline());
        if (outcome.result() != ChangeResult.DONE) {
            throw new RotationUnderWayException();
        }
        return outcome.index();
    }

    private boolean isDue(SigningKey newest) {
        Instant created = Instant.ofEpochMilli(newest.createdAtMillis());
        return isOfTheFuture(newest) || !clock.instant().isBefore(created.plus(options.rotation()));
    }

    /** Made by a clock that is ahead by more than clocks may differ. */
    private boolean isOfTheFuture(SigningKey key) {
        Instant created = Instant.ofEpochMilli(key.createdAtMillis());
        return created.isAfter(clock.instant().plus(options.publication()));
    }

    /** The first key has no token to be published for; others are published before they sign. */
    private Proposals.Outcome<ChangeResult> replace(@Nullable SigningKey newest, Duration publication, Deadline until) {
        return proposals.propose(next(newest, publication), ChangeResult.class, until);
    }

    private AddSigningKey next(@Nullable SigningKey newest, Duration publication) {
        SigningKey key = SigningKeys.generate(wrap, clock.instant(), publication);
        return new AddSigningKey(
                key, newest == null ? null : newest.id(), options.overlap().toMillis());
    }
}
