package io.muster.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data of replicas on this machine. */
final class DataDirectories {

    /** Every data directory has this file, from its first moment. */
    private static final String MARK = "identity";

    private DataDirectories() {}

    /**
     * Deletes directories of replicas, all or none. Follows no symbolic link.
     *
     * @throws Refusal when one of them exists and is neither a replica's nor empty; nothing is deleted then
     */
    static void delete(List<Path> directories) throws IOException {
        for (Path directory : directories) {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !isOurs(directory)) {
                throw new Refusal(directory + " does not look like a replica's data (it has no file '" + MARK
                        + "'): move it away, or choose another --data");
            }
        }
        for (Path directory : directories) {
            if (Files.exists(directory)) {
                Files.walkFileTree(directory, new Deletion());
            }
        }
    }

    private static boolean isOurs(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.isRegularFile(directory.resolve(MARK))) {
            return true;
        }
        try (Stream<Path> content = Files.list(directory)) {
            return content.findAny().isEmpty();
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
