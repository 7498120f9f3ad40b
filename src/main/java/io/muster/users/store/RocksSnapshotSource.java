package io.muster.users.store;

import io.muster.node.SnapshotSource;
import io.muster.raft.LogStart;
import io.muster.users.store.SnapshotManifest.StateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A checkpoint of the state, as its manifest and the bytes of its files. */
final class RocksSnapshotSource implements SnapshotSource {

    private static final int BUFFER_BYTES = 1 << 18;

    private final long id;
    private final Path directory;
    private final SnapshotManifest manifest;
    private final ByteBuffer head;
    /** Where each file begins, and behind them where the last one ends. */
    private final long[] starts;

    private int opened = -1;
    private @Nullable FileChannel channel;

    private RocksSnapshotSource(long id, Path directory, SnapshotManifest manifest) {
        this.id = id;
        this.directory = directory;
        this.manifest = manifest;
        this.head = manifest.encode();
        this.starts = new long[manifest.files().size() + 1];
        starts[0] = head.limit();
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + manifest.files().get(i - 1).bytes();
        }
    }

    /**
     * Makes one of a checkpoint.
     *
     * @param state what the checkpoint holds
     */
    static RocksSnapshotSource of(long id, Path directory, AppliedState state) {
        List<StateFile> files = new ArrayList<>();
        for (String name : Directories.list(directory)) {
            if (SnapshotManifest.isStateFile(name)) {
                files.add(file(directory.resolve(name), name));
            }
        }
        return new RocksSnapshotSource(id, directory, new SnapshotManifest(state, files));
    }

    private static StateFile file(Path path, String name) {
        return Directories.run("read", path, () -> new StateFile(name, Files.size(path), checksum(path)));
    }

    /** The CRC32C of a file. */
    static int checksum(Path path) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (file.read(buffer) >= 0) {
                crc.update(buffer.flip());
                buffer.clear();
            }
        }
        return (int) crc.getValue();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public LogStart last() {
        return manifest.state().last();
    }

    @Override
    public long bytes() {
        return starts[starts.length - 1];
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        long at = offset;
        while (into.hasRemaining() && at < bytes()) {
            at += at < head.limit() ? readHead((int) at, into) : readFile(at, into);
        }
    }

    private int readHead(int offset, ByteBuffer into) {
        int count = Math.min(into.remaining(), head.limit() - offset);
        into.put(head.slice(offset, count));
        return count;
    }

    private int readFile(long offset, ByteBuffer into) {
        int number = 0;
        while (starts[number + 1] <= offset) {
            number++;
        }
        int file = number;
        int count = (int) Math.min(into.remaining(), starts[file + 1] - offset);
        ByteBuffer part = into.slice(into.position(), count);
        Path path = directory.resolve(manifest.files().get(file).name());
        Directories.run("read", path, () -> {
            while (part.hasRemaining()) {
                if (open(file, path).read(part, offset - starts[file] + part.position()) < 0) {
                    throw new IOException("the file is shorter than it was");
                }
            }
            return path;
        });
        into.position(into.position() + count);
        return count;
    }

    private FileChannel open(int file, Path path) throws IOException {
        FileChannel current = channel;
        if (current == null || opened != file) {
            closeChannel();
            current = FileChannel.open(path, StandardOpenOption.READ);
            channel = current;
            opened = file;
        }
        return current;
    }

    private void closeChannel() throws IOException {
        FileChannel current = channel;
        channel = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        Directories.run("close a file in", directory, () -> {
            closeChannel();
            return directory;
        });
        Directories.delete(directory);
    }
}
