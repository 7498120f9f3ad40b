package io.muster.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the doors of accounts whose passwords are being guessed (OWASP Authentication Cheat Sheet, account lockout).
 *
 * <p>Each replica counts the failures that it sees, in memory: replicating each would be a denial of service by itself. Only
 * the lock that follows on too many is proposed, at a capped rate, and nobody waits for it: its time would tell which names
 * exist. Names that nobody holds are not counted, so that they take no room. A count is of one epoch and one lock; whatever
 * changes these, on whichever replica, voids it everywhere. Thread-safe.
 */
public final class AccountLockout {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLockout.class);

    /** About 20 MB at most. */
    private static final int MAXIMUM_ACCOUNTS = 100_000;

    /** A failure is forgotten when no other follows for so long. */
    private static final Duration MEMORY = Duration.ofHours(1);

    /** After so long without a lock, the next one is as short as the first. */
    private static final Duration LENIENCY = Duration.ofHours(24);

    private static final int PROPOSALS_AT_ONCE = 10;
    private static final int PROPOSALS_PER_SECOND = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Proposals proposals;
    private final LockoutOptions options;
    private final InstantSource clock;
    private final Cache<UUID, Count> counts;
    private final Bucket rate = Bucket.builder()
            .addLimit(limit ->
                    limit.capacity(PROPOSALS_AT_ONCE).refillGreedy(PROPOSALS_PER_SECOND, Duration.ofSeconds(1)))
            .withNanosecondPrecision()
            .build();

    /**
     * Failures of one account.
     *
     * @param epoch the user's when they were counted
     * @param lock the user's when they were counted
     * @param closedUntilMillis when this replica opens the door again that it has closed for a moment, 0 for not closed
     */
    private record Count(long epoch, Lock lock, int failures, long closedUntilMillis) {

        boolean isOf(Access access) {
            return epoch == access.epoch() && lock.equals(access.lock());
        }
    }

    /** Without a failure so far. */
    public AccountLockout(Proposals proposals, LockoutOptions options, InstantSource clock) {
        this(proposals, options, clock, Ticker.systemTicker());
    }

    AccountLockout(Proposals proposals, LockoutOptions options, InstantSource clock, Ticker ticker) {
        this.proposals = proposals;
        this.options = options;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ACCOUNTS)
                .expireAfterWrite(MEMORY)
                .ticker(ticker)
                .build();
    }

    /** Whether no password opens the user's door now. */
    boolean isClosed(User user) {
        long now = clock.millis();
        Count count = counts.getIfPresent(user.id());
        boolean paused = count != null && count.isOf(user.access()) && now < count.closedUntilMillis();
        return paused
                || (options.mode() == LockoutOptions.Mode.LOCK
                        && user.access().lock().isClosed(now));
    }

    /** Counts a wrong password of a user whose door is open. */
    void failed(User user) {
        if (options.mode() == LockoutOptions.Mode.OFF) {
            return;
        }
        Count count = counts.asMap().compute(user.id(), (_, before) -> next(before, user.access(), clock.millis()));
        // Again after as many more, if nothing came of it.
        if (options.mode() == LockoutOptions.Mode.LOCK && count.failures() % options.failures() == 0) {
            propose(user);
        }
    }

    private Count next(@Nullable Count before, Access access, long nowMillis) {
        int failures = before != null && before.isOf(access) ? before.failures() + 1 : 1;
        boolean pauses = options.mode() == LockoutOptions.Mode.SLOW && failures >= options.failures();
        long closedUntil = pauses ? nowMillis + doubled(FIRST_PAUSE, failures - options.failures(), LONGEST_PAUSE) : 0;
        return new Count(access.epoch(), access.lock(), failures, closedUntil);
    }

    /** Forgets the failures of a user who has proved the password. */
    void succeeded(User user) {
        counts.invalidate(user.id());
    }

    private void propose(User user) {
        if (!rate.tryConsume(1)) {
            return;
        }
        Access access = user.access();
        AccountCommand command = new AccountCommand.LockUser(
                user.id(), access.epoch(), access.lock().untilMillis(), next(access.lock()));
        var _ = proposals.proposeUnawaited(command).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.debug("User {} was not locked this time: {}", user.id(), failure.getMessage());
            }
        });
    }

    private Lock next(Lock last) {
        long now = clock.millis();
        int before = now - last.untilMillis() > LENIENCY.toMillis() ? 0 : last.count();
        return new Lock(now + doubled(options.first(), before, options.longest()), before + 1);
    }

    /** {@code first} doubled so many times, {@code longest} at most; in milliseconds. */
    private static long doubled(Duration first, int times, Duration longest) {
        long factor = 1L << Math.min(times, 30);
        return factor > longest.dividedBy(first) ? longest.toMillis() : first.toMillis() * factor;
    }
}
