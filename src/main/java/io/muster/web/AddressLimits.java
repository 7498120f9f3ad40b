package io.muster.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.muster.users.Origin;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;

/**
 * How much may come from one client address: a token bucket for its calls, and a smaller one for those that fail to prove who calls, in
 * the memory of this replica. An IPv6 address counts by its first 64 bits, since whoever has one has them all (RFC 6177). Addresses
 * that were quiet for long enough to have full buckets are forgotten, and so are some where there are very many. Thread-safe.
 */
public final class AddressLimits {

    private static final int MAX_ADDRESSES = 50_000;
    private static final int NETWORK_BYTES = 8;

    /** One call in so many may be a failure, at once and in the long run. */
    private static final int CALLS_PER_FAILURE = 4;

    private final LoadingCache<String, Allowance> allowances;

    private record Allowance(Bucket calls, Bucket failures) {}

    /**
     * Full buckets for all.
     *
     * @param capacity requests at once, 1 or greater
     * @param refillPerSecond requests a second beyond them, 1 or greater
     */
    public AddressLimits(int capacity, int refillPerSecond) {
        this(capacity, refillPerSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    AddressLimits(int capacity, int refillPerSecond, TimeMeter clock) {
        Duration second = Duration.ofSeconds(1);
        int failures = Math.ceilDiv(capacity, CALLS_PER_FAILURE);
        this.allowances = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                // All calls that may be under way may fail, beyond those that may: so deep is the debt.
                .expireAfterAccess(Duration.ofSeconds(
                        (long) (CALLS_PER_FAILURE + 1) * capacity / refillPerSecond + 2 * CALLS_PER_FAILURE))
                .ticker(clock::currentTimeNanos)
                .build(_ -> new Allowance(
                        bucket(capacity, refillPerSecond, second, clock),
                        bucket(failures, refillPerSecond, second.multipliedBy(CALLS_PER_FAILURE), clock)));
    }

    private static Bucket bucket(int capacity, int refill, Duration period, TimeMeter clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                .withCustomTimePrecision(clock)
                .build();
    }

    /**
     * Takes a token for a call.
     *
     * @param address as a literal; whatever is none counts by itself
     * @return zero if there was one, else how long until there is
     */
    Duration take(String address) {
        Allowance allowance = allowances.get(network(address));
        long nanos = allowance.failures().estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Duration.ofNanos(
                nanos > 0
                        ? nanos
                        : allowance.calls().tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** This thread serves that address until what is returned is closed, by it. */
    Origin enter(String address) {
        return Origin.enter(network(address), conductOf(address));
    }

    /** That of an address, which is suspended while as many of its calls have failed as may. */
    Origin.Conduct conductOf(String address) {
        Bucket failures = allowances.get(network(address)).failures();
        return new Origin.Conduct() {
            @Override
            public void failed() {
                failures.consumeIgnoringRateLimits(1);
            }

            @Override
            public boolean isSuspended() {
                return failures.getAvailableTokens() <= 0;
            }
        };
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException notALiteral) {
            return address;
        }
    }
}
