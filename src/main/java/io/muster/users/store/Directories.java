package io.muster.users.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Directories and files for their owner only. Every failure is a {@link UserStoreException.DiskFailed}. */
final class Directories {

    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Directories() {}

    /** Makes a directory where there is none; narrows the mode of one that is there. */
    static void create(Path directory) {
        run("make the directory", directory, () -> {
            Files.createDirectories(directory);
            PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
            return directory;
        });
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a file to write at its end, and makes it where there is none. */
    static FileChannel append(Path file) {
        return run("open", file, () -> {
            FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
            return channel.position(channel.size());
        });
    }

    /** Names of what is in a directory, sorted; none where there is no such directory. */
    static List<String> list(Path directory) {
        return run("list", directory, () -> {
            if (!exists(directory)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> file.getFileName().toString()).sorted().toList();
            }
        });
    }

    /** Renames, and makes that durable. The target must not be there. */
    static void move(Path from, Path to) {
        run("rename to " + to + " the directory", from, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
        sync(parent(to));
        sync(parent(from));
    }

    static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is not in a directory");
        }
        return parent;
    }

    /** Makes a file durable, or the names in a directory. */
    static void sync(Path path) {
        run("sync", path, () -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return path;
        });
    }

    /** Deletes a file, or a directory with all that is in it; does nothing where there is none. */
    static void delete(Path directory) {
        if (!exists(directory)) {
            return;
        }
        run("delete", directory, () -> {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            return directory;
        });
    }

    static <T> T run(String operation, Path path, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UserStoreException.DiskFailed("cannot " + operation + " " + path + ": " + e, e);
        }
    }

    /** What may fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }
}
