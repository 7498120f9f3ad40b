package io.muster.sim;

import io.muster.sim.WrittenFrames.Frame;
import io.muster.storage.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Damage to what was durable. The replica must refuse to go on, or go on with all it had. The frames written last are
 * spared: their damage looks like a write that a crash interrupted, which is a known limit (docs/architecture.md).
 */
final class DiskDamage {

    private static final int SECTOR = 512;
    private static final List<String> SMALL_FILES = List.of("identity", "vote");

    private final RandomGenerator random;

    DiskDamage(RandomGenerator random) {
        this.random = random;
    }

    /** Changes one bit; answers whether there was something to damage. */
    boolean rotsBit(SimulatedDisk disk) {
        if (random.nextInt(4) == 0) {
            String path = SMALL_FILES.get(random.nextInt(SMALL_FILES.size()));
            return disk.image().paths().contains(path) && flip(disk, path, 0, content(disk, path).length);
        }
        Frame frame = anyFrame(disk);
        return frame != null && flip(disk, frame.path(), frame.offset(), frame.length());
    }

    private boolean flip(SimulatedDisk disk, String path, int from, int length) {
        byte[] content = content(disk, path);
        content[from + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        put(disk, path, content);
        return true;
    }

    /** Lets a sector of a frame stand somewhere else in the file, and what it replaced there be lost. */
    boolean misdirects(SimulatedDisk disk) {
        Frame frame = anyFrame(disk);
        Frame other = anyFrame(disk);
        if (frame == null
                || other == null
                || frame.equals(other)
                || !frame.path().equals(other.path())) {
            return false;
        }
        byte[] content = content(disk, frame.path());
        int length = Math.min(SECTOR, Math.min(frame.length(), other.length()));
        System.arraycopy(content, frame.offset(), content, other.offset(), length);
        Arrays.fill(content, frame.offset(), frame.offset() + length, (byte) 0);
        put(disk, frame.path(), content);
        return true;
    }

    /** Makes zeros of a sector of a frame. */
    boolean loses(SimulatedDisk disk) {
        Frame frame = anyFrame(disk);
        if (frame == null) {
            return false;
        }
        byte[] content = content(disk, frame.path());
        int sector = SECTOR * random.nextInt((frame.length() + SECTOR - 1) / SECTOR);
        int from = frame.offset() + sector;
        Arrays.fill(content, from, Math.min(from + SECTOR, frame.offset() + frame.length()), (byte) 0);
        put(disk, frame.path(), content);
        return true;
    }

    private @Nullable Frame anyFrame(SimulatedDisk disk) {
        List<Frame> frames = disk.frames().acknowledged();
        return frames.isEmpty() ? null : frames.get(random.nextInt(frames.size()));
    }

    /** Through the open file, which a process may use. */
    private static void put(SimulatedDisk disk, String path, byte[] content) {
        try (Disk.File file = disk.image().open(path)) {
            file.write(ByteBuffer.wrap(content), 0);
            file.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(SimulatedDisk disk, String path) {
        try {
            return disk.image().content(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
