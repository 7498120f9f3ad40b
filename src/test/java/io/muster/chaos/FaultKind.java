package io.muster.chaos;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to the replicas. */
enum FaultKind {
    /** SIGKILL of one replica. */
    KILL("kill", 0, 3_000),
    KILL_TWO("kill-two", 0, 3_000),
    KILL_ALL("kill-all", 0, 1_000),
    /** SIGKILL of one, and a long absence: the others may cut their logs meanwhile. */
    AWAY("away", 15_000, 30_000),
    /** SIGSTOP, then SIGCONT. */
    PAUSE("pause", 1_000, 6_000),
    /** What one replica sends to one other stays on the way. */
    CUT("cut", 2_000, 8_000),
    /** The same, in both directions. */
    CUT_BOTH("cut-both", 2_000, 8_000),
    /** A replica hears and reaches no other. */
    ISOLATE("isolate", 2_000, 8_000),
    /** Everything between a replica and the others is late. */
    DELAY("delay", 3_000, 6_000),
    /** Little gets through between a replica and the others. */
    SLOW("slow", 3_000, 6_000),
    /** All connections of a replica to the others are closed, once. */
    CLOSE("close", 500, 1_000),
    /** Syncs take long. */
    DISK_STALL("disk-stall", 2_000, 6_000),
    /** A sync fails: the process must end. */
    DISK_ERROR("disk-error", 0, 1_000),
    /** The file system forgets what was not synced, and the process is killed. */
    POWER("power", 0, 2_000),
    POWER_ALL("power-all", 0, 1_000),
    /** No space is left: a process that needs some must end. */
    DISK_FULL("disk-full", 0, 1_000),
    /** The wall clock of a replica jumps; the steady clock does not. */
    CLOCK("clock", 3_000, 6_000);

    private final String word;
    private final int minHoldMillis;
    private final int maxHoldMillis;

    FaultKind(String word, int minHoldMillis, int maxHoldMillis) {
        this.word = word;
        this.minHoldMillis = minHoldMillis;
        this.maxHoldMillis = maxHoldMillis;
    }

    /** Its name on the command line and in the output. */
    String word() {
        return word;
    }

    /** The shortest time that it lasts. */
    int minHoldMillis() {
        return minHoldMillis;
    }

    int maxHoldMillis() {
        return maxHoldMillis;
    }

    /** Whether it hits the ways between replicas, and can so come on top of one that hits a replica. */
    boolean hitsNetwork() {
        return switch (this) {
            case CUT, CUT_BOTH, ISOLATE, DELAY, SLOW, CLOSE -> true;
            default -> false;
        };
    }

    /** Whether it leaves no replica out. */
    boolean hitsAll() {
        return this == KILL_ALL || this == POWER_ALL;
    }

    /** Whether one on the network can come on top of it. */
    boolean canBePaired() {
        return !hitsNetwork() && this != DISK_FULL;
    }

    static Optional<FaultKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static Set<FaultKind> all() {
        return EnumSet.allOf(FaultKind.class);
    }

    static String words() {
        return Arrays.stream(values()).map(FaultKind::word).collect(Collectors.joining(","));
    }
}
