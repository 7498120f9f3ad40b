package io.muster.wiring;

import io.muster.node.ReplicaOptions;
import io.muster.raft.NodeId;
import io.muster.raft.RaftConfig;
import io.muster.storage.Identity;
import io.muster.storage.LogOptions;
import io.muster.transport.TransportOptions;
import io.muster.users.FirstAdministrator;
import io.muster.users.HashParameters;
import io.muster.users.HashScheme;
import io.muster.users.LockoutOptions;
import io.muster.users.PasswordHasher;
import io.muster.users.PasswordPolicy;
import io.muster.users.Peppers;
import io.muster.users.PolicyViolationException;
import io.muster.users.Proposals;
import io.muster.users.RegistryOptions;
import io.muster.users.Violation;
import io.muster.users.store.UserStore;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.RefreshOptions;
import io.muster.users.token.TokenOptions;
import io.muster.web.AddressLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings as each package takes them. Immutable. */
final class Settings {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private static final int MIN_LENGTH_RECOMMENDED = 8;
    private static final int SEGMENTS_IN_BUDGET = 8;
    private static final int SECTOR_BYTES = 512;
    private static final int SMALLEST_SEGMENT_BYTES = (1 << 20) + SECTOR_BYTES;
    private static final int MAX_APPEND_BYTES = 512 << 10;
    private static final int MAX_INFLIGHT_MESSAGES = 64;
    private static final int MAX_INFLIGHT_BYTES = 4 << 20;
    private static final long CACHE_BYTES = 16L << 20;
    private static final int MAX_APPLY_BYTES = 1 << 20;
    private static final int MAX_PENDING_REQUESTS = 4096;
    private static final long MAX_PENDING_BYTES = 16L << 20;
    private static final Duration TICK_INTERVAL = Duration.ofMillis(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration LEADER_WAIT = Duration.ofMillis(2_500);
    private static final Duration MAX_HASH_WAIT = Duration.ofMillis(2_500);

    private static final String WRAPPING_KEY_FILE = "muster.tokens.wrapping-key-file";
    private static final String DEMO_WRAPPING_KEY = "muster-demo-wrapping-key-that-everybody-knows";
    private static final Duration JWK_SET_MAX_AGE = Duration.ofMinutes(5);
    /** The replicas' clocks may differ by as much as this is longer. */
    private static final Duration KEY_PUBLICATION = Duration.ofMinutes(10);

    private final MusterProperties properties;
    private final NodeId self;
    private final Peers peers;
    private final KeyWrap keyWrap;
    private final Peppers peppers;

    /** @throws SettingsException when the settings contradict each other, or the secret that they name is not there */
    Settings(MusterProperties properties) {
        this.properties = properties;
        this.self = new NodeId(properties.nodeId());
        this.peers = Peers.parse(properties.peers());
        if (!peers.addresses().containsKey(self)) {
            throw new SettingsException("muster.peers does not name this node, muster.node-id " + self);
        }
        this.keyWrap = new KeyWrap(wrappingSecrets(properties.tokens()));
        this.peppers = peppers(properties.passwords());
    }

    private static List<String> wrappingSecrets(MusterProperties.TokenProperties tokens) {
        if (tokens.wrappingKeyFile() != null) {
            return SecretFile.read(WRAPPING_KEY_FILE, tokens.wrappingKeyFile(), KeyWrap.MINIMUM_CHARACTERS);
        }
        if (tokens.demoWrappingKey()) {
            return List.of(DEMO_WRAPPING_KEY);
        }
        throw new SettingsException(
                WRAPPING_KEY_FILE + " must be set: a file with " + SecretFile.description(KeyWrap.MINIMUM_CHARACTERS));
    }

    private static Peppers peppers(MusterProperties.PasswordProperties passwords) {
        if (passwords.pepperFile() == null) {
            return Peppers.NONE;
        }
        if (passwords.algorithm() != MusterProperties.HashAlgorithm.ARGON2ID) {
            throw new SettingsException(
                    "muster.passwords.pepper-file needs muster.passwords.algorithm argon2id: bcrypt takes no pepper");
        }
        return new Peppers(
                SecretFile.read("muster.passwords.pepper-file", passwords.pepperFile(), Peppers.MINIMUM_CHARACTERS));
    }

    /** Says what a user of a real cluster should know of these settings. */
    void warnOfWeakness() {
        if (peers.addresses().size() % 2 == 0) {
            LOG.warn(
                    "muster.peers names {} nodes: an even number survives no more failures than one node less",
                    peers.addresses().size());
        }
        if (hashScheme().belowRecommendation()) {
            LOG.warn(
                    "{}: stolen hashes are cheap to guess",
                    switch (hashScheme()) {
                        case HashScheme.Argon2id _ ->
                            "muster.passwords.argon2 is below OWASP's minimum of 19456 KiB and 2 iterations";
                        case HashScheme.Bcrypt _ -> "muster.passwords.bcrypt.cost is below OWASP's minimum of 10";
                    });
        }
        if (properties.raft().leaseReads()) {
            LOG.warn(
                    "muster.raft.lease-reads is on: a pause of a leader, or clocks that run unlike, can show old data");
        }
        warnOfTrial();
    }

    /** What the files for trying Muster out allow, in one line. */
    private void warnOfTrial() {
        List<String> weaknesses = new ArrayList<>();
        int minLength = properties.passwords().minLength();
        if (minLength < MIN_LENGTH_RECOMMENDED) {
            weaknesses.add("muster.passwords.min-length is " + minLength);
        }
        if (!properties.passwords().blocklist()) {
            weaknesses.add("muster.passwords.blocklist is off");
        }
        if (!properties.passwords().similarityCheck()) {
            weaknesses.add("muster.passwords.similarity-check is off");
        }
        if (properties.tokens().replaceUnusableKeys()) {
            LOG.warn("muster.tokens.replace-unusable-keys is on: turn it off once all replicas can sign tokens");
        }
        if (properties.limits().perAccount().mode() == LockoutOptions.Mode.OFF) {
            weaknesses.add("muster.limits.per-account.mode is off");
        }
        if (properties.tokens().wrappingKeyFile() == null) {
            weaknesses.add("muster.tokens.wrapping-key-file is not set: everybody can sign tokens who reads the data");
        }
        if (!properties.limits().perAddress().enabled()) {
            weaknesses.add("muster.limits.per-address.enabled is off");
        }
        if (!weaknesses.isEmpty()) {
            LOG.warn("Good for trying Muster out, not in earnest: {}", String.join(", ", weaknesses));
        }
    }

    NodeId self() {
        return self;
    }

    Peers peers() {
        return peers;
    }

    Path dataDirectory() {
        return properties.dataDir().toAbsolutePath();
    }

    Identity identity() {
        return new Identity(
                properties.clusterId(), self, new TreeSet<>(peers.addresses().keySet()));
    }

    ReplicaOptions replica() {
        RaftConfig raft = new RaftConfig(
                self,
                peers.addresses().keySet(),
                properties.raft().electionTimeout().toNanos(),
                properties.raft().heartbeatInterval().toNanos(),
                MAX_APPEND_BYTES,
                MAX_INFLIGHT_MESSAGES,
                MAX_INFLIGHT_BYTES,
                CACHE_BYTES,
                properties.raft().leaseReads(),
                properties.raft().diskStallTimeout().toNanos());
        return new ReplicaOptions(
                raft,
                TICK_INTERVAL,
                REQUEST_TIMEOUT,
                LEADER_WAIT,
                MAX_PENDING_REQUESTS,
                MAX_PENDING_BYTES,
                MAX_APPLY_BYTES,
                properties.raft().logBudget().toBytes(),
                properties.raft().snapshotRate().toBytes());
    }

    /** Segments are small beside the log's budget, since it is cut by whole segments. */
    LogOptions log() {
        long share = properties.raft().logBudget().toBytes() / SEGMENTS_IN_BUDGET / SECTOR_BYTES * SECTOR_BYTES;
        int segmentBytes = Math.clamp(share, SMALLEST_SEGMENT_BYTES, LogOptions.DEFAULT.segmentBytes());
        return new LogOptions(segmentBytes, LogOptions.DEFAULT.maxFrameBytes());
    }

    TransportOptions transport() {
        return new TransportOptions(properties.raft().electionTimeout(), REQUEST_TIMEOUT);
    }

    HashScheme hashScheme() {
        MusterProperties.PasswordProperties passwords = properties.passwords();
        return switch (passwords.algorithm()) {
            case ARGON2ID ->
                new HashScheme.Argon2id(new HashParameters(
                        passwords.argon2().memoryKib(), passwords.argon2().iterations()));
            case BCRYPT -> new HashScheme.Bcrypt(passwords.bcrypt().cost());
        };
    }

    Peppers peppers() {
        return peppers;
    }

    /** More than there are processors would only take turns, and drive each other's memory out of the caches. */
    int hashThreads() {
        int threads = properties.passwords().hashThreads();
        return threads == 0
                ? Math.ceilDiv(Runtime.getRuntime().availableProcessors(), peers.onHostOf(self()))
                : threads;
    }

    int hashQueue() {
        return properties.passwords().hashQueue();
    }

    /** Leaves enough of a request's time for the hash itself and for its commit. */
    Duration maxHashWait() {
        return MAX_HASH_WAIT;
    }

    /** Empty for none. */
    Optional<AddressLimits> addressLimits() {
        MusterProperties.AddressProperties limits = properties.limits().perAddress();
        return limits.enabled()
                ? Optional.of(new AddressLimits(limits.capacity(), limits.refillPerSecond()))
                : Optional.empty();
    }

    TokenOptions tokens() {
        MusterProperties.TokenProperties tokens = properties.tokens();
        String issuer = tokens.issuer() == null ? "urn:muster:" + properties.clusterId() : tokens.issuer();
        return new TokenOptions(
                issuer,
                tokens.audience(),
                tokens.lifetime(),
                tokens.keyRotation(),
                KEY_PUBLICATION,
                tokens.lifetime().multipliedBy(2).plus(KEY_PUBLICATION),
                JWK_SET_MAX_AGE,
                tokens.replaceUnusableKeys());
    }

    /** Empty for none. */
    Optional<RefreshOptions> refreshTokens() {
        MusterProperties.TokenProperties tokens = properties.tokens();
        return Optional.ofNullable(tokens.refreshLifetime())
                .map(lifetime -> new RefreshOptions(lifetime, tokens.refreshGrace()));
    }

    KeyWrap keyWrap() {
        return keyWrap;
    }

    /** For a whole call. */
    Duration deadline() {
        return REQUEST_TIMEOUT;
    }

    LockoutOptions lockout() {
        MusterProperties.AccountProperties limits = properties.limits().perAccount();
        return new LockoutOptions(limits.mode(), limits.failures(), limits.firstLock(), limits.longestLock());
    }

    RegistryOptions registry() {
        MusterProperties.PasswordProperties passwords = properties.passwords();
        PasswordPolicy policy =
                new PasswordPolicy(passwords.minLength(), passwords.blocklist(), passwords.similarityCheck());
        return new RegistryOptions(
                policy.hashedBy(hashScheme()), properties.registration().enabled(), REQUEST_TIMEOUT);
    }

    /** Empty where the settings name none. */
    Optional<FirstAdministrator> firstAdministrator(Proposals proposals, UserStore store, PasswordHasher hasher) {
        MusterProperties.AdminProperties admin = properties.admin();
        if (admin.username() == null || admin.password() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FirstAdministrator(
                    proposals, store, hasher, registry(), InstantSource.system(), admin.username(), admin.password()));
        } catch (PolicyViolationException e) {
            Violation first = e.violations().getFirst();
            throw new SettingsException("muster.admin." + first.field() + " " + first.detail());
        }
    }
}
