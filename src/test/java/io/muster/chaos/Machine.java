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
import java.util.stream.Stream;

/**
 * What can be done here.
 *
 * @param faults those of the wanted ones that can be
 * @param skipped why the others cannot
 * @param clockLibrary libfaketime, where a fault needs it
 */
record Machine(Set<FaultKind> faults, Map<FaultKind, String> skipped, Optional<Path> clockLibrary) {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final int LIBRARY_DEPTH = 3;

    /** Finds out, and leaves nothing behind. */
    static Machine probe(Set<FaultKind> wanted) {
        Map<FaultKind, String> skipped = new EnumMap<>(FaultKind.class);
        Set<FaultKind> faults = new TreeSet<>();
        Optional<Path> clockLibrary = wanted.contains(FaultKind.CLOCK) ? findClockLibrary() : Optional.empty();
        for (FaultKind kind : wanted) {
            Optional<String> lack = lack(kind, clockLibrary);
            lack.ifPresentOrElse(reason -> skipped.put(kind, reason), () -> faults.add(kind));
        }
        return new Machine(faults, skipped, clockLibrary);
    }

    /** Whether the data of replicas must be on volumes of their own. */
    boolean needsVolumes() {
        return faults.stream().anyMatch(Machine::needsVolume);
    }

    private static boolean needsVolume(FaultKind kind) {
        return switch (kind) {
            case POWER, POWER_ALL, DISK_FULL -> true;
            default -> false;
        };
    }

    private static Optional<String> lack(FaultKind kind, Optional<Path> clockLibrary) {
        return switch (kind) {
            case DISK_STALL, DISK_ERROR -> lack(canTrace(), "no strace that may attach to a process");
            case POWER, POWER_ALL, DISK_FULL -> lack(canMount(), "needs root, mkfs.ext4 and loop devices");
            case CLOCK -> lack(clockLibrary.isPresent(), "no libfaketime");
            default -> lack(Commands.exist("kill"), "no program kill");
        };
    }

    private static Optional<String> lack(boolean present, String reason) {
        return present ? Optional.empty() : Optional.of(reason);
    }

    private static boolean canTrace() {
        return Commands.exist("strace", "sleep")
                && Commands.run("strace", "-qq", "-o", "/dev/null", "-e", "inject=fsync:delay_enter=1", "sleep", "0")
                        .isOk();
    }

    private static boolean canMount() {
        if (!Commands.exist("mkfs.ext4", "mount", "umount")) {
            return false;
        }
        try {
            Path directory = Files.createTempDirectory("muster-chaos-");
            try (Volume volume = Volume.create(directory)) {
                volume.losePower();
                volume.restorePower();
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

    private static Optional<Path> findClockLibrary() {
        try (Stream<Path> files = Files.find(
                LIBRARIES,
                LIBRARY_DEPTH,
                (file, attributes) -> file.endsWith("faketime/libfaketimeMT.so.1") && attributes.isRegularFile())) {
            return files.findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
