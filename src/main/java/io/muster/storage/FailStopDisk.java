package io.muster.storage;

import io.muster.storage.StorageException.DiskFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk that fails once and for all. Every {@link IOException} becomes a {@link DiskFailed} naming operation and file;
 * after a failed change or sync it refuses everything but {@link #close}, because what is on disk is then uncertain, and
 * a second fsync may succeed without the data of the first (cockroachdb/cockroach#37102). Safe for concurrent use.
 */
final class FailStopDisk implements Disk {

    private final Disk disk;
    private volatile @Nullable DiskFailed failure;

    FailStopDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public boolean lock() {
        return query("lock", "lock", disk::lock);
    }

    @Override
    public void createDirectory(String path) {
        change("create directory", path, () -> disk.createDirectory(path));
    }

    @Override
    public List<String> list(String path) {
        return query("list", path, () -> disk.list(path));
    }

    @Override
    public boolean exists(String path) {
        return query("look up", path, () -> disk.exists(path));
    }

    @Override
    public OpenFile open(String path) {
        return new OpenFile(path, change("open", path, () -> disk.open(path)));
    }

    @Override
    public void rename(String from, String to) {
        change("rename to " + to, from, () -> disk.rename(from, to));
    }

    @Override
    public void delete(String path) {
        change("delete", path, () -> disk.delete(path));
    }

    @Override
    public void syncDirectory(String path) {
        change("sync directory", path, () -> disk.syncDirectory(path));
    }

    @Override
    public void close() {
        try {
            disk.close();
        } catch (IOException e) {
            throw failed("close", "the directory", e);
        }
    }

    private <T> T query(String operation, String path, Query<T> query) {
        requireSound();
        try {
            return query.run();
        } catch (IOException e) {
            throw failed(operation, path, e);
        }
    }

    private void change(String operation, String path, Change change) {
        change(operation, path, () -> {
            change.run();
            return path;
        });
    }

    private <T> T change(String operation, String path, Query<T> change) {
        requireSound();
        try {
            return change.run();
        } catch (IOException e) {
            DiskFailed now = failed(operation, path, e);
            failure = now;
            throw now;
        }
    }

    private void requireSound() {
        DiskFailed before = failure;
        if (before != null) {
            throw new DiskFailed("refused, because an earlier operation failed: " + before.getMessage(), before);
        }
    }

    private DiskFailed failed(String operation, String path, IOException cause) {
        String name = path.isEmpty() ? "." : path;
        return new DiskFailed(operation + " failed for " + name + " in " + disk + ": " + cause, cause);
    }

    private interface Query<T> {
        T run() throws IOException;
    }

    private interface Change {
        void run() throws IOException;
    }

    /** An open file, failing as its disk does. */
    final class OpenFile implements File {

        private final String path;
        private final File file;

        private OpenFile(String path, File file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() {
            return query("read size", path, file::size);
        }

        @Override
        public int read(ByteBuffer buffer, long position) {
            return query("read", path, () -> file.read(buffer, position));
        }

        @Override
        public void write(ByteBuffer buffer, long position) {
            change("write", path, () -> file.write(buffer, position));
        }

        @Override
        public void sync() {
            change("sync", path, file::sync);
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw failed("close", path, e);
            }
        }
    }
}
