package io.muster.chaos;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Lets the wall clocks of replicas jump, by a small preloaded library. Their steady clocks stay true. */
final class WallClocks {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path directory;
    private volatile boolean jumped;

    /**
     * Builds the library. Needs Linux and a C compiler.
     *
     * @throws IllegalStateException when it cannot be built
     */
    WallClocks(Path directory) {
        this.directory = directory;
        Path source = directory.resolve("wallclock.c");
        try (InputStream in = requireNonNull(WallClocks.class.getResourceAsStream("wallclock.c"))) {
            Files.copy(in, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.require("cc", "-O2", "-shared", "-fPIC", "-o", library().toString(), source.toString(), "-ldl");
    }

    /** What the process of a replica needs in its environment. Its clock is right at first. */
    Map<String, String> environment(int node) {
        set(node, 0);
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "MUSTER_WALL_CLOCK",
                offset(node).toString());
    }

    /** At once, the replica's wall clock is off by so much. */
    void set(int node, int offsetSeconds) {
        jumped |= offsetSeconds != 0;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(offsetSeconds * NANOS_PER_SECOND).flip();
        try (FileChannel file = FileChannel.open(offset(node), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(bytes, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a clock is or was wrong. */
    boolean haveJumped() {
        return jumped;
    }

    private Path library() {
        return directory.resolve("wallclock.so");
    }

    private Path offset(int node) {
        return directory.resolve("clock" + node);
    }
}
