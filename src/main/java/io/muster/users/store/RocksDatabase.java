package io.muster.users.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;

/** An open RocksDB with its column families and settings. Not safe to use during or after {@link #close}. */
final class RocksDatabase implements AutoCloseable {

    private final RocksSettings settings;
    private final RocksDB rocks;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);

    private RocksDatabase(RocksSettings settings, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.settings = settings;
        this.rocks = rocks;
        for (Family family : Family.values()) {
            families.put(family, handles.get(families.size()));
        }
    }

    static RocksDatabase open(Path directory) {
        RocksDB.loadLibrary();
        boolean holdsData = prepare(directory);
        return open(directory, new RocksSettings(!holdsData), RocksDB::open);
    }

    /** Opens what is there, and changes no record of it. */
    static RocksDatabase openReadOnly(Path directory) {
        RocksDB.loadLibrary();
        return open(directory, new RocksSettings(false), RocksDB::openReadOnly);
    }

    private static RocksDatabase open(Path directory, RocksSettings settings, Opening opening) {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            List<ColumnFamilyDescriptor> descriptors = Arrays.stream(Family.values())
                    .map(family -> descriptor(family, settings))
                    .toList();
            RocksDB rocks = opening.open(settings.database, directory.toString(), descriptors, handles);
            return new RocksDatabase(settings, rocks, handles);
        } catch (RocksDBException e) {
            settings.close();
            throw RocksErrors.atOpen(directory, e);
        }
    }

    private static ColumnFamilyDescriptor descriptor(Family family, RocksSettings settings) {
        return new ColumnFamilyDescriptor(family.label.getBytes(StandardCharsets.US_ASCII), settings.family);
    }

    /**
     * Makes the directory, for its owner only. True where data were ever flushed to it: RocksDB must then not make a new,
     * empty database because some file is missing.
     */
    private static boolean prepare(Path directory) {
        Directories.create(directory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".sst"));
        } catch (IOException e) {
            throw new UserStoreException.DiskFailed("the directory " + directory + " cannot be prepared: " + e, e);
        }
    }

    byte @Nullable [] get(Family family, byte[] key) throws RocksDBException {
        return rocks.get(handle(family), key);
    }

    byte @Nullable [] get(Family family, byte[] key, ReadOptions options) throws RocksDBException {
        return rocks.get(handle(family), options, key);
    }

    /** The state as of now, for {@link ReadOptions#setSnapshot}; to be released. */
    Snapshot snapshot() {
        return rocks.getSnapshot();
    }

    void release(Snapshot snapshot) {
        rocks.releaseSnapshot(snapshot);
        snapshot.close();
    }

    /** Makes a copy of what was flushed, by hard links, in a directory that is not there yet. */
    void checkpoint(Path directory) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
            checkpoint.createCheckpoint(directory.toString());
        }
    }

    RocksIterator iterate(Family family, ReadOptions options) {
        return rocks.newIterator(handle(family), options);
    }

    void write(WriteBatch batch) throws RocksDBException {
        rocks.write(settings.write, batch);
    }

    void flush() throws RocksDBException {
        rocks.flush(settings.flush, List.copyOf(families.values()));
    }

    /** How many flushes and compactions have failed since the start. */
    long backgroundErrors() throws RocksDBException {
        return rocks.getLongProperty("rocksdb.background-errors");
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(families.get(family));
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        rocks.close();
        settings.close();
    }

    private interface Opening {
        RocksDB open(
                DBOptions options, String path, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }
}
