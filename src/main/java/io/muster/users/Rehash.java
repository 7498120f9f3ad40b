package io.muster.users;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.muster.node.ConsensusException;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a stored hash anew, by the scheme of now, when a login has just shown its password. Nobody waits for it; one at a time, a few
 * a second, and none while others wait for a hash. What the user's state has become meanwhile wins. Thread-safe.
 */
public final class Rehash {

    private static final Logger LOG = LoggerFactory.getLogger(Rehash.class);
    private static final int A_SECOND = 5;
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private final Proposals proposals;
    private final PasswordHasher hasher;
    private final Semaphore one = new Semaphore(1);
    private final Bucket rate;

    public Rehash(Proposals proposals, PasswordHasher hasher) {
        this(proposals, hasher, TimeMeter.SYSTEM_NANOTIME);
    }

    Rehash(Proposals proposals, PasswordHasher hasher, TimeMeter clock) {
        this.proposals = proposals;
        this.hasher = hasher;
        this.rate = Bucket.builder()
                .addLimit(limit -> limit.capacity(A_SECOND).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }

    /** Makes the hash anew if that is due and there is room for it now; else, a later login will. */
    void offer(User user, Password password) {
        if (!hasher.isOutdated(user.passwordHash()) || hasher.isCrowded() || !one.tryAcquire()) {
            return;
        }
        if (!rate.tryConsume(1)) {
            one.release();
            return;
        }
        var _ = Thread.ofVirtual().name("rehash").start(() -> {
            try {
                replace(user, password);
            } catch (ConsensusException e) {
                LOG.debug("The hash of user {} was not made anew this time: {}", user.id(), e.getMessage());
            } finally {
                one.release();
            }
        });
    }

    private void replace(User user, Password password) {
        Deadline deadline = Deadline.after(DEADLINE);
        PasswordHash hash = hasher.hash(password, deadline);
        var _ = proposals.propose(
                new AccountCommand.ReplaceHash(user.id(), user.access().epoch(), hash), ChangeResult.class, deadline);
    }
}
