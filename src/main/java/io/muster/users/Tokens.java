package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.AccessToken;
import io.muster.users.token.AccessTokens;
import io.muster.users.token.InvalidAccessTokenException;
import io.muster.users.token.JwkSets;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.SigningKeys;
import io.muster.users.token.TokenOptions;
import io.muster.users.token.UnusableSigningKeyException;
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
            var _ = replace(null, until);
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
        long index = proposals.readBarrier(until);
        try {
            var claims = accessTokens.verify(token, validKeys());
            User user = store.userById(claims.userId());
            if (user == null || user.access().disabled() || user.access().epoch() != claims.epoch()) {
                throw new InvalidTokenException();
            }
            return new Caller(user, until, index);
        } catch (InvalidAccessTokenException e) {
            throw new InvalidTokenException();
        }
    }

    private List<SigningKey> validKeys() {
        return SigningKeys.valid(store.signingKeys(), clock.instant(), options.overlap());
    }

    /** The public keys that verify tokens, linearizable. */
    public PublishedKeys publishedKeys() {
        long index = proposals.readBarrier(Deadline.after(deadline));
        return new PublishedKeys(JwkSets.toJson(validKeys()), options.maxAge(), index);
    }

    /**
     * Whether this replica can sign tokens. It cannot where it was given another secret than the replica that made the key.
     * Throws {@link UnusableSigningKeyException} then, which says why.
     */
    public void requireUsableKey() {
        SigningKey signer = SigningKeys.signer(store.signingKeys(), clock.instant());
        if (signer != null) {
            accessTokens.requireUsable(signer);
        }
    }

    /** Makes the first key, or replaces one that has reached its age. */
    public void rotateIfDue() {
        List<SigningKey> keys = store.signingKeys();
        if (keys.isEmpty() || isDue(keys.getLast())) {
            var _ = replace(keys.isEmpty() ? null : keys.getLast(), Deadline.after(deadline));
        }
    }

    /** Makes a new key at once, which signs once it has been published for long enough; answers its place in the log. */
    public long rotate(Administrator administrator) {
        List<SigningKey> keys = store.signingKeys();
        SigningKey newest = keys.isEmpty() ? null : keys.getLast();
        if (newest != null && newest.signsFromMillis() > clock.millis()) {
            throw new RotationUnderWayException();
        }
        Proposals.Outcome<ChangeResult> outcome = replace(newest, administrator.deadline());
        if (outcome.result() != ChangeResult.DONE) {
            throw new RotationUnderWayException();
        }
        return outcome.index();
    }

    private boolean isDue(SigningKey newest) {
        Instant created = Instant.ofEpochMilli(newest.createdAtMillis());
        return !clock.instant().isBefore(created.plus(options.rotation()));
    }

    /** The first key has no token to be published for; every other is published before it signs. */
    private Proposals.Outcome<ChangeResult> replace(@Nullable SigningKey newest, Deadline until) {
        Duration publication = newest == null ? Duration.ZERO : options.publication();
        SigningKey key = SigningKeys.generate(wrap, clock.instant(), publication);
        AddSigningKey command = new AddSigningKey(
                key, newest == null ? null : newest.id(), options.overlap().toMillis());
        return proposals.propose(command, ChangeResult.class, until);
    }
}
