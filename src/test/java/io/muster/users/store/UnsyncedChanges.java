package io.muster.users.store;

import io.muster.raft.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What was done to files and directories and is not synced yet, so that a power loss may take it back: any of it, but
 * deletions only from the last one back.
 */
final class UnsyncedChanges {

    private record Move(Path from, Path to) {}

    /** A file, or a directory where it has no content. */
    private record Deleted(Path path, @Nullable Bytes content) {}

    /** How long files were when they were synced last. */
    private final Map<Path, Long> written = new TreeMap<>();

    private final TreeSet<Path> created = new TreeSet<>();
    private final List<Deleted> deleted = new ArrayList<>();
    private @Nullable Move move;

    /** The same in a copy of the tree. */
    UnsyncedChanges inCopy(Path tree, Path copy) {
        UnsyncedChanges there = new UnsyncedChanges();
        written.forEach((file, bytes) -> there.written.put(inCopy(file, tree, copy), bytes));
        created.forEach(made -> there.created.add(inCopy(made, tree, copy)));
        deleted.forEach(gone -> there.deleted.add(new Deleted(inCopy(gone.path(), tree, copy), gone.content())));
        there.move = move == null ? null : new Move(inCopy(move.from(), tree, copy), inCopy(move.to(), tree, copy));
        return there;
    }

    boolean isEmpty() {
        return written.isEmpty() && created.isEmpty() && deleted.isEmpty() && move == null;
    }

    void created(Path path) {
        created.add(path);
        deleted.removeIf(gone -> gone.path().startsWith(path));
    }

    void written(Path file, long bytesBefore) {
        written.putIfAbsent(file, bytesBefore);
    }

    /** A file's content, or the names in a directory. */
    void synced(Path path) {
        written.remove(path);
        created.removeIf(made -> path.equals(made.getParent()));
        deleted.removeIf(gone -> !gone.path().equals(path) && gone.path().startsWith(path));
        if (move != null && path.equals(move.to().getParent())) {
            move = null;
        }
    }

    void moved(Path from, Path to) {
        if (written.keySet().stream().anyMatch(file -> file.startsWith(from))
                || created.stream().anyMatch(made -> made.startsWith(from) && !made.equals(from))) {
            throw new AssertionError(from + " is moved, and not synced: " + written + created);
        }
        created.remove(from);
        deleted.removeIf(gone -> gone.path().startsWith(to) || gone.path().startsWith(from));
        move = new Move(from, to);
    }

    void deletes(Path path) {
        written.remove(path);
        created.remove(path);
        try {
            deleted.add(new Deleted(path, Files.isDirectory(path) ? null : Bytes.copyOf(Files.readAllBytes(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes some of it back. */
    void takeBack(RandomGenerator random) {
        try {
            takeBackDeletions(random);
            if (random.nextBoolean()) {
                takeBackMove();
            }
            for (Map.Entry<Path, Long> file : written.entrySet()) {
                cut(file.getKey(), file.getValue(), random);
            }
            for (Path made : created) {
                if (random.nextBoolean()) {
                    Directories.delete(made);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the last rename back, and nothing else. */
    void takeBackMove() {
        Move last = move;
        if (last != null) {
            Directories.move(last.to(), last.from());
        }
    }

    private void takeBackDeletions(RandomGenerator random) throws IOException {
        int kept = deleted.isEmpty() ? 0 : random.nextInt(deleted.size() + 1);
        for (Deleted gone : deleted.subList(kept, deleted.size()).reversed()) {
            if (gone.content() == null) {
                Files.createDirectories(gone.path());
            } else if (Files.isDirectory(Directories.parent(gone.path()))) {
                Files.write(gone.path(), gone.content().toByteArray());
            }
        }
    }

    private static void cut(Path file, long syncedBytes, RandomGenerator random) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(random.nextLong(syncedBytes, open.size() + 1));
        }
    }

    private static Path inCopy(Path path, Path tree, Path copy) {
        return copy.resolve(tree.relativize(path));
    }
}
