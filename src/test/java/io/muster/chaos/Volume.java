package io.muster.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own for one replica's data: ext4 in a file, mounted by a loop device. Needs root. */
final class Volume implements AutoCloseable {

    private static final long SIZE_BYTES = 512L << 20;
    private static final int FILL_BYTES = 1 << 20;

    private final Path image;
    private final Path mountPoint;
    private boolean mounted;

    private Volume(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /**
     * Makes one and mounts it.
     *
     * @param directory to be made; holds image and mount point
     */
    static Volume create(Path directory) {
        Volume volume = new Volume(directory.resolve("image"), directory.resolve("mount"));
        try {
            Files.createDirectories(volume.mountPoint);
            try (RandomAccessFile file = new RandomAccessFile(volume.image.toFile(), "rw")) {
                file.setLength(SIZE_BYTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.require("mkfs.ext4", "-q", "-F", "-m", "0", volume.image.toString());
        volume.mount();
        return volume;
    }

    /** Where the replica's data may be. */
    Path dataDirectory() {
        return mountPoint.resolve("data");
    }

    /** What was not synced is gone. Nothing can be read or written until {@link #restorePower}. */
    void losePower() {
        FileSystemShutdown.stop(mountPoint);
    }

    /** Mounts it anew, which replays its journal. No process may use it. */
    void restorePower() {
        unmount();
        mount();
    }

    /** Leaves no space at all. */
    void fill() {
        // Fast, where it works; the rest takes what that leaves.
        var _ = Commands.run(
                "fallocate", "-l", Long.toString(usableBytes()), filling().toString());
        byte[] zeros = new byte[FILL_BYTES];
        for (int size = FILL_BYTES; size >= 1; size /= 4) {
            append(zeros, size);
        }
    }

    private long usableBytes() {
        try {
            return Files.getFileStore(mountPoint).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(byte[] zeros, int size) {
        while (true) {
            try (OutputStream out =
                    Files.newOutputStream(filling(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(zeros, 0, size);
            } catch (IOException e) {
                return;
            }
        }
    }

    void makeRoom() {
        try {
            Files.deleteIfExists(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filling() {
        return mountPoint.resolve("filling");
    }

    private synchronized void mount() {
        Commands.require("mount", "-o", "loop,noatime", image.toString(), mountPoint.toString());
        mounted = true;
    }

    private synchronized void unmount() {
        if (mounted) {
            Commands.require("umount", mountPoint.toString());
            mounted = false;
        }
    }

    /** Unmounts it, as soon as nobody uses it; the image stays. */
    @Override
    public synchronized void close() {
        if (mounted) {
            Commands.require("umount", "--lazy", mountPoint.toString());
            mounted = false;
        }
    }
}
