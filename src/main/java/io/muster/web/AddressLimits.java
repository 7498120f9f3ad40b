package io.muster.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;

/**
 * How much may come from one client address: a token bucket for each, in the memory of this replica. An IPv6 address counts by its
 * first 64 bits, since whoever has one has them all (RFC 6177). Addresses that were quiet for long enough to have a full
 * bucket are forgotten, and so are some where there are very many. Thread-safe.
 */
public final class AddressLimits {

    private static final int MAX_ADDRESSES = 50_000;
    private static final int NETWORK_BYTES = 8;

    private final LoadingCache<String, Bucket> buckets;

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
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterAccess(Duration.ofSeconds(capacity / refillPerSecond + 1))
                .ticker(clock::currentTimeNanos)
                .build(address -> Bucket.builder()
                        .addLimit(
                                limit -> limit.capacity(capacity).refillGreedy(refillPerSecond, Duration.ofSeconds(1)))
                        .withCustomTimePrecision(clock)
                        .build());
    }

    /**
     * Takes a token.
     *
     * @param address as a literal; whatever is none counts by itself
     * @return zero if there was one, else how long until there is
     */
    Duration take(String address) {
        ConsumptionProbe probe = buckets.get(network(address)).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** What shares one bucket: the address, or its network. */
    static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException notALiteral) {
            return address;
        }
    }
}
