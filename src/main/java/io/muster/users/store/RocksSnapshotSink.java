package io.muster.users.store;

import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.raft.LogStart;
import io.muster.users.store.SnapshotManifest.StateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Takes the manifest of a snapshot and then its files, one behind the other. What turns out wrong is remembered until {@link
 * #complete}, and nothing more is written then. A file is synced when it is whole, but believed only for its checksum.
 */
final class RocksSnapshotSink implements SnapshotSink {

    private final IncomingSnapshot incoming;
    private final Path target;
    private final long bytes;
    private ByteBuffer head = ByteBuffer.allocate(SnapshotManifest.PREFIX_BYTES);
    private @Nullable SnapshotManifest manifest;
    private @Nullable DamagedSnapshotException damage;
    private long received;
    private int fileNumber;
    private @Nullable FileChannel channel;
    private volatile boolean cancelled;

    private RocksSnapshotSink(IncomingSnapshot incoming, Path target, long bytes) {
        this.incoming = incoming;
        this.target = target;
        this.bytes = bytes;
    }

    /**
     * Goes on where an earlier one stopped, or begins.
     *
     * @param target where the state stands once it is complete
     */
    static RocksSnapshotSink open(IncomingSnapshot incoming, Path target, long snapshot, long bytes) {
        if (incoming.isOf(snapshot, bytes)) {
            RocksSnapshotSink sink = new RocksSnapshotSink(incoming, target, bytes);
            Directories.run("read", incoming.directory(), () -> {
                sink.resume();
                return sink;
            });
            if (sink.damage == null) {
                return sink;
            }
            sink.close();
        }
        incoming.begin(snapshot, bytes);
        return new RocksSnapshotSink(incoming, target, bytes);
    }

    private void resume() throws IOException {
        if (Directories.exists(incoming.manifest())) {
            resumeManifest();
        }
        SnapshotManifest whole = manifest;
        if (whole == null && !Directories.list(incoming.state()).isEmpty()) {
            damage = new DamagedSnapshotException("files were kept without the manifest that comes before them");
        } else if (whole != null && damage == null) {
            resumeFiles(whole.files());
        }
    }

    private void resumeManifest() throws IOException {
        ByteBuffer kept = ByteBuffer.wrap(Files.readAllBytes(incoming.manifest()));
        received = kept.limit();
        while (kept.hasRemaining() && manifest == null && damage == null) {
            takeHead(kept);
        }
        if (kept.hasRemaining()) {
            damage = new DamagedSnapshotException("the manifest that was kept is too long");
        }
    }

    /** Files come in order: behind the first that is not whole, nothing counts. */
    private void resumeFiles(List<StateFile> files) throws IOException {
        while (fileNumber < files.size()) {
            StateFile file = files.get(fileNumber);
            Path path = incoming.state().resolve(file.name());
            long size = Directories.exists(path) ? Files.size(path) : 0;
            received += size;
            if (size > file.bytes()) {
                damage = new DamagedSnapshotException(file.name() + " is longer than the manifest says");
            }
            if (size != file.bytes()) {
                break;
            }
            fileNumber++;
        }
        for (StateFile later : files.subList(Math.min(fileNumber + 1, files.size()), files.size())) {
            Directories.delete(incoming.state().resolve(later.name()));
        }
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public void write(ByteBuffer chunk) {
        received += chunk.remaining();
        if (received > bytes) {
            damage = new DamagedSnapshotException("the snapshot is longer than its sender said");
        }
        Directories.run("write to", incoming.directory(), () -> {
            while (chunk.hasRemaining() && damage == null) {
                SnapshotManifest whole = manifest;
                if (whole == null) {
                    writeHead(chunk);
                } else {
                    writeFile(whole.files(), chunk);
                }
            }
            return chunk;
        });
        chunk.position(chunk.limit());
    }

    private void writeHead(ByteBuffer chunk) throws IOException {
        FileChannel file = channel == null ? Directories.append(incoming.manifest()) : channel;
        channel = file;
        ByteBuffer part = chunk.slice(chunk.position(), Math.min(head.remaining(), chunk.remaining()));
        writeAll(file, part);
        takeHead(chunk);
        if (manifest != null) {
            finish(file);
        }
    }

    /** Takes as much of a manifest as its head has room for, which grows once the length is known. */
    private void takeHead(ByteBuffer source) {
        int count = Math.min(head.remaining(), source.remaining());
        head.put(source.slice(source.position(), count));
        source.position(source.position() + count);
        if (head.hasRemaining()) {
            return;
        }
        try {
            if (head.capacity() == SnapshotManifest.PREFIX_BYTES) {
                head = ByteBuffer.allocate(SnapshotManifest.length(head)).put(head.flip());
            } else {
                manifest = decoded(head.flip());
            }
        } catch (DamagedSnapshotException e) {
            damage = e;
        }
    }

    private SnapshotManifest decoded(ByteBuffer whole) throws DamagedSnapshotException {
        SnapshotManifest decoded = SnapshotManifest.decode(whole);
        long left = bytes - whole.limit();
        for (StateFile file : decoded.files()) {
            // One by one: the sum of hostile lengths could overflow.
            left -= Math.min(file.bytes(), left + 1);
        }
        if (left != 0) {
            throw new DamagedSnapshotException("the files of the snapshot do not add up to its length, " + bytes);
        }
        return decoded;
    }

    private void writeFile(List<StateFile> files, ByteBuffer chunk) throws IOException {
        StateFile file = files.get(fileNumber);
        FileChannel open = channel == null ? Directories.append(incoming.state().resolve(file.name())) : channel;
        channel = open;
        long missing = file.bytes() - open.position();
        int count = (int) Math.min(missing, chunk.remaining());
        writeAll(open, chunk.slice(chunk.position(), count));
        chunk.position(chunk.position() + count);
        if (count == missing) {
            finish(open);
            fileNumber++;
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer part) throws IOException {
        while (part.hasRemaining()) {
            file.write(part);
        }
    }

    private void finish(FileChannel file) throws IOException {
        file.force(true);
        file.close();
        channel = null;
    }

    @Override
    public LogStart complete() throws DamagedSnapshotException {
        close();
        boolean cut = false;
        try {
            SnapshotManifest whole = requireWhole();
            for (StateFile file : whole.files()) {
                requireSound(file);
            }
            Directories.sync(incoming.state());
            requireState(whole.state());
            Directories.move(incoming.state(), target);
            return whole.state().last();
        } catch (CancellationException stopping) {
            cut = true;
            throw stopping;
        } finally {
            // What could not be read would be as bad at the next start.
            if (!cut) {
                Directories.delete(incoming.directory());
            }
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private void requireTime() {
        if (cancelled) {
            throw new CancellationException("the snapshot is not checked any further");
        }
    }

    private SnapshotManifest requireWhole() throws DamagedSnapshotException {
        if (damage != null) {
            throw damage;
        }
        require(manifest != null && received == bytes, "only " + received + " of " + bytes + " bytes were received");
        return Objects.requireNonNull(manifest);
    }

    private void requireSound(StateFile file) throws DamagedSnapshotException {
        requireTime();
        Path path = incoming.state().resolve(file.name());
        int found = Directories.run("read", path, () -> RocksSnapshotSource.checksum(path));
        require(found == file.checksum(), "the checksum of " + file.name() + " is wrong");
        if (file.name().equals(SnapshotManifest.CURRENT)) {
            String named = Directories.run("read", path, () -> Files.readString(path, StandardCharsets.ISO_8859_1));
            require(
                    named.endsWith("\n") && SnapshotManifest.isStateFile(named.substring(0, named.length() - 1)),
                    file.name() + " does not name a manifest of RocksDB");
        }
        Directories.sync(path);
    }

    /** The last proof: what RocksDB reads from it, record by record. */
    private void requireState(AppliedState expected) throws DamagedSnapshotException {
        try (RocksRecords records = RocksRecords.openReadOnly(incoming.state())) {
            AppliedState found = StateScan.verify(records.database(), this::requireTime);
            require(found.equals(expected), "it holds " + found + ", and its manifest says " + expected);
        } catch (RocksDBException | BrokenStateException | UserStoreException.Damaged e) {
            throw new DamagedSnapshotException("the state in the snapshot is damaged: " + e.getMessage());
        }
    }

    private static void require(boolean holds, String otherwise) throws DamagedSnapshotException {
        if (!holds) {
            throw new DamagedSnapshotException("the snapshot is damaged: " + otherwise);
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            Directories.run("close a file in", incoming.directory(), () -> {
                open.close();
                return open;
            });
        }
    }
}
