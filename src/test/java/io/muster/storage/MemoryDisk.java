package io.muster.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that forgets. What was written and not synced, by sector, and what was named and whose directory was
 * not synced, may or may not survive {@link #afterPowerLoss}; it does survive {@link #afterKill}. Operations that change
 * something are kept in a journal, and any of them can be made to fail. Safe for concurrent use.
 */
public final class MemoryDisk implements Disk {

    private final Map<String, MemoryFile> names = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>(Set.of(""));
    private final Map<String, MemoryFile> durableNames = new TreeMap<>();
    private final Set<String> durableDirectories = new TreeSet<>(Set.of(""));
    private final List<NameChange> unsynced = new ArrayList<>();
    private final List<String> journal = new ArrayList<>();
    private boolean locked;
    private boolean readsFail;
    private final AtomicReference<@Nullable Runnable> beforeRead = new AtomicReference<>();
    private int failFrom = Integer.MAX_VALUE;
    private int failUpTo = Integer.MAX_VALUE;
    private String failure = "";

    /** What a create, rename, delete or new directory does to names; a new directory has no file. */
    private record NameChange(
            String directory,
            @Nullable String removed,
            @Nullable String added,
            @Nullable MemoryFile file) {

        void applyTo(Map<String, MemoryFile> names, Set<String> directories) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null && file != null) {
                names.put(added, file);
            } else if (added != null) {
                directories.add(added);
            }
        }
    }

    /** The operations that changed something, or were to, such as {@code "write vote.tmp"}, in order. */
    public synchronized List<String> journal() {
        return List.copyOf(journal);
    }

    /** Makes one operation of the journal fail, counted from 0, later ones succeed. A failing write writes half. */
    public synchronized void failAt(int operation, String message) {
        failFrom = operation;
        failUpTo = operation;
        failure = message;
    }

    /** Makes that operation of the journal, counted from 0, and all later ones fail, as when the power is gone. */
    public synchronized void stopAt(int operation) {
        failFrom = operation;
        failUpTo = Integer.MAX_VALUE;
        failure = "the power is gone";
    }

    /** Makes every read fail from now on. */
    public synchronized void failReads() {
        readsFail = true;
    }

    /** Does that once, on the thread of the next read, before it reads. */
    public void beforeNextRead(Runnable action) {
        beforeRead.set(action);
    }

    /** The disk as another process finds it when this one was killed: nothing lost, unlocked. */
    public synchronized MemoryDisk afterKill() {
        MemoryDisk next = new MemoryDisk();
        Map<MemoryFile, MemoryFile> copies = new HashMap<>();
        names.forEach((path, file) -> next.names.put(path, copies.computeIfAbsent(file, MemoryFile::afterKill)));
        durableNames.forEach(
                (path, file) -> next.durableNames.put(path, copies.computeIfAbsent(file, MemoryFile::afterKill)));
        for (NameChange change : unsynced) {
            MemoryFile file = change.file;
            MemoryFile copy = file == null ? null : copies.computeIfAbsent(file, MemoryFile::afterKill);
            next.unsynced.add(new NameChange(change.directory, change.removed, change.added, copy));
        }
        next.directories.addAll(directories);
        next.durableDirectories.addAll(durableDirectories);
        return next;
    }

    /** The disk after a power loss: of what was not synced an arbitrary part is left, chosen by the seed. */
    public synchronized MemoryDisk afterPowerLoss(long seed) {
        RandomGenerator random = new Random(seed);
        double chance = random.nextInt(5) / 4.0;
        Map<String, MemoryFile> left = new TreeMap<>(durableNames);
        MemoryDisk next = new MemoryDisk();
        next.directories.addAll(durableDirectories);
        for (NameChange change : unsynced) {
            if (random.nextDouble() < chance) {
                change.applyTo(left, next.directories);
            }
        }
        left.keySet().removeIf(path -> !next.directories.contains(directoryOf(path)));
        left.forEach((path, file) -> next.names.put(path, file.afterPowerLoss(random, chance)));
        next.durableNames.putAll(next.names);
        next.durableDirectories.addAll(next.directories);
        return next;
    }

    /** Paths of all files, sorted. */
    public synchronized List<String> paths() {
        return List.copyOf(names.keySet());
    }

    /** A copy of a file's content. */
    public synchronized byte[] content(String path) throws IOException {
        return existing(path).content();
    }

    /** Gives a file other content, durably, and makes it where there is none. */
    public synchronized void replace(String path, byte[] content) {
        MemoryFile file = new MemoryFile(content);
        names.put(path, file);
        durableNames.put(path, file);
    }

    /** Takes a file away, durably. */
    public synchronized void remove(String path) {
        names.remove(path);
        durableNames.remove(path);
    }

    @Override
    public synchronized boolean lock() {
        boolean free = !locked;
        locked = true;
        return free;
    }

    @Override
    public synchronized void createDirectory(String path) throws IOException {
        if (!directories.contains(path)) {
            perform("create directory", path);
            change(new NameChange(directoryOf(path), null, path, null));
        }
    }

    @Override
    public synchronized List<String> list(String path) {
        String prefix = path.isEmpty() ? "" : path + "/";
        return names.keySet().stream()
                .filter(name -> directoryOf(name).equals(path))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public synchronized boolean exists(String path) {
        return names.containsKey(path);
    }

    @Override
    public synchronized File open(String path) throws IOException {
        if (!names.containsKey(path)) {
            perform("create", path);
            if (!directories.contains(directoryOf(path))) {
                throw new IOException("no such directory: " + directoryOf(path));
            }
            change(new NameChange(directoryOf(path), null, path, new MemoryFile(new byte[0])));
        }
        return new OpenMemoryFile(path, existing(path));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        perform("rename", to);
        change(new NameChange(directoryOf(to), from, to, existing(from)));
    }

    @Override
    public synchronized void delete(String path) throws IOException {
        perform("delete", path);
        existing(path);
        change(new NameChange(directoryOf(path), path, null, null));
    }

    @Override
    public synchronized void syncDirectory(String path) throws IOException {
        perform("sync directory", path);
        unsynced.stream()
                .filter(change -> change.directory.equals(path))
                .forEach(change -> change.applyTo(durableNames, durableDirectories));
        unsynced.removeIf(change -> change.directory.equals(path));
    }

    @Override
    public synchronized void close() {
        locked = false;
    }

    private void change(NameChange change) {
        change.applyTo(names, directories);
        unsynced.add(change);
    }

    private void perform(String operation, String path) throws IOException {
        int number = journal.size();
        journal.add(operation + " " + path);
        if (number >= failFrom && number <= failUpTo) {
            throw new IOException(failure);
        }
    }

    private MemoryFile existing(String path) throws IOException {
        MemoryFile file = names.get(path);
        if (file == null) {
            throw new IOException("no such file: " + path);
        }
        return file;
    }

    private static String directoryOf(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    private final class OpenMemoryFile implements File {

        private final String path;
        private final MemoryFile file;
        private boolean closed;

        OpenMemoryFile(String path, MemoryFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return file.size();
            }
        }

        @Override
        public int read(ByteBuffer buffer, long position) throws IOException {
            Runnable action = beforeRead.getAndSet(null);
            if (action != null) {
                action.run();
            }
            synchronized (MemoryDisk.this) {
                if (closed) {
                    throw new IOException("the file is closed");
                }
                if (readsFail) {
                    throw new IOException("read error");
                }
                return file.read(buffer, Math.toIntExact(position));
            }
        }

        @Override
        public void write(ByteBuffer buffer, long position) throws IOException {
            synchronized (MemoryDisk.this) {
                int at = Math.toIntExact(position);
                try {
                    perform("write", path);
                } catch (IOException e) {
                    file.write(buffer.slice(buffer.position(), buffer.remaining() / 2), at);
                    throw e;
                }
                file.write(buffer, at);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                try {
                    perform("sync", path);
                } catch (IOException e) {
                    file.failSync();
                    throw e;
                }
                file.sync();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryDisk.this) {
                closed = true;
            }
        }
    }
}
