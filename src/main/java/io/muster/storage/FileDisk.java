package io.muster.storage;

import io.muster.storage.StorageException.DiskFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real directory, on a POSIX file system. The lock is an operating system's lock on the file {@code lock} in it, and
 * ends with the process. Files may be used by many threads; the directory's own methods are for one thread at a time.
 */
public final class FileDisk implements Disk {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private @Nullable FileChannel lock;

    private FileDisk(Path root) {
        this.root = root;
    }

    /**
     * A directory, made durably with its parents, for the owner only, where there is none.
     *
     * @throws DiskFailed when it cannot be made, or is not a directory
     */
    public static FileDisk open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            makeDirectory(root);
        } catch (IOException e) {
            throw new DiskFailed("cannot make the data directory " + root + ": " + e, e);
        }
        return new FileDisk(root);
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectory(parent);
        }
        Files.createDirectory(directory, OWNER_DIRECTORY);
        if (parent != null) {
            sync(parent);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Also refuses a second one in this JVM. Its refusal ends the first one's hold on the directory against other
     * processes, by POSIX's rule that closing any descriptor of a file drops the process's locks on it.
     */
    @Override
    public boolean lock() throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
        boolean held = false;
        try {
            held = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            held = false;
        } finally {
            if (!held) {
                channel.close();
            }
        }
        if (held) {
            lock = channel;
        }
        return held;
    }

    @Override
    public void createDirectory(String path) throws IOException {
        if (!Files.isDirectory(root.resolve(path))) {
            Files.createDirectory(root.resolve(path), OWNER_DIRECTORY);
        }
    }

    @Override
    public List<String> list(String path) throws IOException {
        Path directory = root.resolve(path);
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public File open(String path) throws IOException {
        Path file = root.resolve(path);
        FileChannel writer =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
        try {
            return new ChannelFile(file, writer);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        sync(root.resolve(path));
    }

    @Override
    public void close() throws IOException {
        FileChannel held = lock;
        if (held != null) {
            lock = null;
            held.close();
        }
    }

    /** The directory's absolute path. */
    @Override
    public String toString() {
        return root.toString();
    }
}
