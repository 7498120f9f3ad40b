package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What can be done here.
 *
 * @param faults those of the wanted ones that can be
 * @param skipped why the others cannot
 */
record Machine(Set<FaultKind> faults, Map<FaultKind, String> skipped) {

    /** What a fault needs. */
    private enum Need {
        KILL("the program kill"),
        TRACER("a strace that may attach to processes"),
        VOLUMES("root, mkfs.ext4 and loop devices"),
        CLOCKS("Linux and a C compiler, cc");

        private final String what;

        Need(String what) {
            this.what = what;
        }

        private boolean isMet() {
            return switch (this) {
                case KILL -> Commands.exist("kill");
                case TRACER -> Commands.exist("strace", "sleep") && canTrace();
                case VOLUMES ->
                    Commands.exist("kill", "mkfs.ext4", "mount", "umount", "fallocate") && works(Machine::tryVolume);
                case CLOCKS -> Commands.exist("cc") && isLinux() && works(WallClocks::new);
            };
        }
    }

    /** Finds out, and leaves nothing behind. */
    static Machine probe(Set<FaultKind> wanted) {
        Map<Need, Boolean> met = new EnumMap<>(Need.class);
        Map<FaultKind, String> skipped = new EnumMap<>(FaultKind.class);
        Set<FaultKind> faults = new TreeSet<>();
        for (FaultKind kind : wanted) {
            Optional<Need> need = need(kind);
            if (need.isEmpty() || met.computeIfAbsent(need.get(), Need::isMet)) {
                faults.add(kind);
            } else {
                skipped.put(kind, "needs " + need.get().what);
            }
        }
        return new Machine(faults, skipped);
    }

    /** Whether the data of replicas must be on volumes of their own. */
    boolean needsVolumes() {
        return needs(Need.VOLUMES);
    }

    boolean needsClocks() {
        return needs(Need.CLOCKS);
    }

    private boolean needs(Need need) {
        return faults.stream().anyMatch(kind -> need(kind).filter(need::equals).isPresent());
    }

    private static Optional<Need> need(FaultKind kind) {
        return switch (kind) {
            case PAUSE -> Optional.of(Need.KILL);
            case DISK_STALL, DISK_ERROR -> Optional.of(Need.TRACER);
            case POWER, POWER_ALL, DISK_FULL -> Optional.of(Need.VOLUMES);
            case CLOCK -> Optional.of(Need.CLOCKS);
            case KILL, AWAY, KILL_TWO, KILL_ALL, CUT, CUT_BOTH, ISOLATE, DELAY, SLOW, CLOSE -> Optional.empty();
        };
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    /** Injects a delay into a process that does nothing, to which it attaches. */
    private static boolean canTrace() {
        String script = "sleep 1 & exec strace -qq -o /dev/null -e inject=fsync:delay_enter=1 -p $!";
        return Commands.run("sh", "-c", script).isOk();
    }

    private static boolean works(Consumer<Path> attempt) {
        try {
            Path directory = Files.createTempDirectory("muster-chaos-");
            try {
                attempt.accept(directory);
                return true;
            } catch (IllegalStateException e) {
                return false;
            } finally {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tryVolume(Path directory) {
        try (Volume volume = Volume.create(directory)) {
            volume.losePower();
            volume.restorePower();
        }
    }
}
