package io.muster.wiring;

import io.muster.users.HashParameters;
import io.muster.users.LockoutOptions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of a replica.
 *
 * @param nodeId this replica's id, one of those in muster.peers
 * @param clusterId name of the cluster; replicas of another are refused
 * @param dataDir this replica's own directory
 * @param peers all replicas of the cluster and where they listen for each other: 1=host:port,2=host:port,3=host:port. The
 *     members are fixed at the first start; addresses may change
 * @param raft elections and heartbeats
 * @param passwords what passwords must be, and how they are hashed
 * @param limits how much is taken from whom
 * @param tokens of logins, and the keys that sign them
 * @param registration who may register users
 * @param admin the first administrator
 */
@Validated
@ConfigurationProperties("muster")
public record MusterProperties(
        @Min(value = 1, message = "must be set: this replica's id, one of those in muster.peers")
        int nodeId,

        @DefaultValue("muster")
        @Pattern(regexp = "[A-Za-z0-9._-]{1,64}", message = "must be 1 to 64 letters, digits, dots, dashes")
        String clusterId,

        @NotNull(message = "must be set: this replica's own directory")
        Path dataDir,

        @NotNull(message = "must be set: 1=host:port,2=host:port,3=host:port")
        String peers,

        @Valid @DefaultValue RaftProperties raft,
        @Valid @DefaultValue PasswordProperties passwords,
        @Valid @DefaultValue LimitsProperties limits,
        @Valid @DefaultValue TokenProperties tokens,
        @Valid @DefaultValue RegistrationProperties registration,
        @Valid @DefaultValue AdminProperties admin) {

    /**
     * Elections and heartbeats.
     *
     * @param heartbeatInterval time between a leader's heartbeats
     * @param electionTimeout shortest time without a leader before an election, the longest is twice that; at least three
     *     heartbeat intervals
     * @param diskStallTimeout a leader whose disk has not finished a write to the log for so long steps down; at least 100 ms
     * @param logBudget what the log may take on disk before it is cut; at least 4 MB
     * @param snapshotRate how fast a copy of the state is sent to a replica that lags far behind, in bytes a second; at least
     *     1 MB
     * @param leaseReads whether a leader answers reads without asking a majority each time; faster where the leader is asked,
     *     but as good as the clocks of all replicas. The same on all of them
     */
    public record RaftProperties(
            @DefaultValue("150ms") Duration heartbeatInterval,
            @DefaultValue("1s") Duration electionTimeout,
            @DefaultValue("2s") Duration diskStallTimeout,
            @DefaultValue("256MB") DataSize logBudget,
            @DefaultValue("32MB") DataSize snapshotRate,
            @DefaultValue("false") boolean leaseReads) {

        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofMinutes(1);
        private static final Duration SHORTEST_STALL = Duration.ofMillis(100);
        private static final DataSize SMALLEST_LOG = DataSize.ofMegabytes(4);
        private static final DataSize SLOWEST_SNAPSHOT = DataSize.ofMegabytes(1);

        public RaftProperties {
            if (heartbeatInterval.compareTo(SHORTEST) < 0 || electionTimeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("muster.raft.heartbeat-interval is at least " + SHORTEST.toMillis()
                        + "ms, muster.raft.election-timeout at most " + LONGEST.toSeconds() + "s");
            }
            if (diskStallTimeout.compareTo(SHORTEST_STALL) < 0) {
                throw new IllegalArgumentException("muster.raft.disk-stall-timeout is at least "
                        + SHORTEST_STALL.toMillis() + "ms: disks pause for less without being broken");
            }
            if (logBudget.compareTo(SMALLEST_LOG) < 0 || snapshotRate.compareTo(SLOWEST_SNAPSHOT) < 0) {
                throw new IllegalArgumentException("muster.raft.log-budget is at least " + SMALLEST_LOG.toMegabytes()
                        + "MB, muster.raft.snapshot-rate at least " + SLOWEST_SNAPSHOT.toMegabytes() + "MB");
            }
            if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(3)) < 0) {
                throw new IllegalArgumentException("muster.raft.election-timeout must be at least three times"
                        + " muster.raft.heartbeat-interval, so that one lost heartbeat is no election");
            }
        }
    }

    /**
     * What passwords must be, and how they are hashed.
     *
     * @param minLength fewest characters of a new password; 15 recommended
     * @param blocklist whether the 30,000 most common passwords are refused
     * @param similarityCheck whether a new password is refused of which little is left without the username
     * @param algorithm of new hashes; hashes of the other are verified, too
     * @param argon2 cost of an Argon2id hash
     * @param bcrypt cost of a bcrypt hash
     * @param pepperFile file with a secret of 32 characters or more that goes into Argon2id hashes; further lines are secrets of
     *     before
     * @param hashThreads hashes at a time; 0 for one for each processor, shared with the peers on the same host
     * @param hashQueue hashes that may wait for a thread, beside those of an address behind others of its own; more are refused as overload
     */
    public record PasswordProperties(
            @DefaultValue("8") @Min(1) @Max(64) int minLength,
            @DefaultValue("true") boolean blocklist,
            @DefaultValue("true") boolean similarityCheck,
            @DefaultValue("argon2id") HashAlgorithm algorithm,
            @Valid @DefaultValue Argon2Properties argon2,
            @Valid @DefaultValue BcryptProperties bcrypt,
            @Nullable Path pepperFile,
            @DefaultValue("0") @Min(0) @Max(256) int hashThreads,
            @DefaultValue("256") @Min(1) @Max(10_000) int hashQueue) {}

    /**
     * Of logins, and the keys that sign them. The same on all replicas.
     *
     * @param wrappingKeyFile file with the secret that the signing keys are wrapped with, 32 characters or more; further lines
     *     are secrets of before
     * @param demoWrappingKey whether a secret that everybody knows will do where there is no file
     * @param replaceUnusableKeys whether a replica that cannot use the newest signing key makes another, which signs at once: for a
     *     secret that is lost
     * @param lifetime of a token, 1 minute to 24 hours
     * @param refreshLifetime how long a refresh token is good for its next use, 1 minute to 365 days; null for no refresh tokens
     * @param refreshGrace how long a refresh token that was replaced is good still, 20 seconds to 1
     *     minute: clients try again for 15 seconds
     * @param keyRotation age at which a signing key is replaced, 1 hour or more
     * @param issuer the claim iss; urn:muster: and the cluster's id where it is not set
     * @param audience the claim aud
     */
    public record TokenProperties(
            @Nullable Path wrappingKeyFile,
            @DefaultValue("false") boolean demoWrappingKey,
            @DefaultValue("false") boolean replaceUnusableKeys,
            @DefaultValue("15m") Duration lifetime,
            @Nullable Duration refreshLifetime,
            @DefaultValue("30s") Duration refreshGrace,
            @DefaultValue("30d") Duration keyRotation,
            @Nullable String issuer,
            @DefaultValue("muster") @NotBlank String audience) {

        private static final Duration SHORTEST = Duration.ofMinutes(1);
        private static final Duration LONGEST = Duration.ofDays(1);
        private static final Duration LONGEST_REFRESH = Duration.ofDays(365);
        private static final Duration SHORTEST_GRACE = Duration.ofSeconds(20);
        private static final Duration LONGEST_GRACE = Duration.ofMinutes(1);
        private static final Duration SHORTEST_ROTATION = Duration.ofHours(1);

        public TokenProperties {
            if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("muster.tokens.lifetime is 1m to 24h");
            }
            if (refreshLifetime != null
                    && (refreshLifetime.compareTo(SHORTEST) < 0 || refreshLifetime.compareTo(LONGEST_REFRESH) > 0)) {
                throw new IllegalArgumentException("muster.tokens.refresh-lifetime is 1m to 365d");
            }
            if (refreshGrace.compareTo(SHORTEST_GRACE) < 0 || refreshGrace.compareTo(LONGEST_GRACE) > 0) {
                throw new IllegalArgumentException("muster.tokens.refresh-grace is 20s to 1m");
            }
            if (keyRotation.compareTo(SHORTEST_ROTATION) < 0) {
                throw new IllegalArgumentException("muster.tokens.key-rotation is at least 1h");
            }
        }
    }

    /**
     * Who may register users.
     *
     * @param enabled whether everybody may; administrators always may
     */
    public record RegistrationProperties(
            @DefaultValue("true") boolean enabled) {}

    /**
     * The first administrator, who is made once, where there is none.
     *
     * @param username a name that no user holds
     * @param password obeys the rules for new passwords; to be set by the environment
     */
    public record AdminProperties(
            @Nullable String username, @Nullable String password) {

        public AdminProperties {
            username = blankToNull(username);
            password = blankToNull(password);
            if ((username == null) != (password == null)) {
                throw new IllegalArgumentException(
                        "muster.admin.username and muster.admin.password are set together, or not at all");
            }
        }

        /** As an environment has it that passes on what is not set. */
        private static @Nullable String blankToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text;
        }

        @Override
        public String toString() {
            return "AdminProperties[redacted]";
        }
    }

    /**
     * How much is taken from whom.
     *
     * @param perAddress of registers and logins, by client address, at each replica
     * @param perAccount of wrong passwords, by account
     */
    public record LimitsProperties(
            @Valid @DefaultValue AddressProperties perAddress,
            @Valid @DefaultValue AccountProperties perAccount) {}

    /**
     * What follows on wrong passwords of one account.
     *
     * @param mode lock closes the account's door for minutes on all replicas; slow closes it for moments at the replica that was
     *     asked; off does nothing
     * @param failures how many a replica lets pass
     * @param firstLock how long the first lock lasts; each next lasts twice as long
     * @param longestLock no lock lasts longer
     */
    public record AccountProperties(
            @DefaultValue("lock") LockoutOptions.Mode mode,
            @DefaultValue("10") @Min(1) @Max(1_000) int failures,
            @DefaultValue("1m") Duration firstLock,
            @DefaultValue("15m") Duration longestLock) {

        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(1);

        public AccountProperties {
            if (firstLock.compareTo(SHORTEST) < 0
                    || longestLock.compareTo(firstLock) < 0
                    || longestLock.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("muster.limits.per-account.first-lock is at least 1s,"
                        + " muster.limits.per-account.longest-lock not shorter, and at most 24h");
            }
        }
    }

    /**
     * A token bucket for each client address; IPv6 addresses count by their first 64 bits.
     *
     * @param enabled whether there is a limit
     * @param capacity requests at once, a quarter of which may be refused for a wrong password
     * @param refillPerSecond requests a second beyond them, likewise
     */
    public record AddressProperties(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("60") @Min(1) @Max(1_000_000) int capacity,
            @DefaultValue("2") @Min(1) @Max(1_000_000) int refillPerSecond) {}

    /** How new passwords are hashed. */
    public enum HashAlgorithm {
        ARGON2ID,
        BCRYPT
    }

    /**
     * Cost of a bcrypt hash. Below OWASP's minimum of 10, a replica warns at its start.
     *
     * @param cost each is twice the work of the one before
     */
    public record BcryptProperties(
            @DefaultValue("10") @Min(4) @Max(16) int cost) {}

    /**
     * Cost of an Argon2id hash. Below OWASP's minimum (19456 KiB, 2 iterations) a replica warns at its start.
     *
     * @param memoryKib memory of one hash, in KiB
     * @param iterations passes over that memory
     */
    public record Argon2Properties(
            @DefaultValue("19456") @Min(8) @Max(262_144) int memoryKib,
            @DefaultValue("2") @Min(1) @Max(64) int iterations) {

        public Argon2Properties {
            if ((long) memoryKib * iterations > HashParameters.MAXIMUM_WORK_KIB) {
                throw new IllegalArgumentException(
                        "muster.passwords.argon2.memory-kib times muster.passwords.argon2.iterations" + " is at most "
                                + HashParameters.MAXIMUM_WORK_KIB + ", not " + (long) memoryKib * iterations);
            }
        }
    }
}
