package io.muster.users.store;

import io.muster.node.SnapshotStore;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of the registry in maps, which forgets in a crash what was not flushed. For one thread at a time. */
public final class MapUserStore implements UserStore {

    private final MapStoreDisk disk;
    private MapTables tables;
    private final List<Batch> unflushed = new ArrayList<>();
    private long snapshots;
    private boolean closed;

    /** Opens the state with what was flushed, beside a log that starts there. */
    public MapUserStore(MapStoreDisk disk, LogStart logStart) {
        this.disk = disk;
        MapTables complete = disk.complete();
        boolean due = disk.appliedIndex() < logStart.index()
                && complete != null
                && complete.applied().last().equals(logStart);
        if (due) {
            disk.swap();
        } else {
            disk.complete(null);
        }
        this.tables = disk.read();
    }

    /** The port to its snapshots. */
    public SnapshotStore snapshots() {
        return new MapSnapshotStore(this, disk);
    }

    /** A name for a snapshot, its own in a run: made of what is in it, so that runs repeat. */
    long nextSnapshot() {
        return 31 * ++snapshots + appliedIndex() + tables.applied().hash().low();
    }

    MapTables tables() {
        return open();
    }

    /** Puts the complete snapshot in the place of the state. */
    void replace() {
        disk.swap();
        unflushed.clear();
        tables = disk.read();
    }

    private MapTables open() {
        if (closed) {
            throw new IllegalStateException("the user state is closed");
        }
        return tables;
    }

    /** All users, in no order. */
    public List<User> users() {
        return tables.users();
    }

    @Override
    public AppliedState appliedState() {
        return tables.applied();
    }

    @Override
    public AppliedState verify() {
        AppliedState applied = open().applied();
        if (!tables.recomputed().equals(applied.hash())) {
            throw new UserStoreException.Damaged("the hash of the records is not the one that was kept", null);
        }
        return applied;
    }

    @Override
    public @Nullable User userByName(String username) {
        return open().userByName(username);
    }

    @Override
    public @Nullable User userById(UUID id) {
        return open().userById(id);
    }

    @Override
    public @Nullable Request request(Bytes key) {
        return open().request(key);
    }

    @Override
    public List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit) {
        return open().oldestRequests(fromMillis, beforeMillis, limit);
    }

    @Override
    public List<User> usersByName(String prefix, @Nullable String after, int limit) {
        return open().usersByName(prefix, after, limit);
    }

    @Override
    public List<UUID> administrators(int limit) {
        return open().administrators(limit);
    }

    @Override
    public List<SigningKey> signingKeys() {
        return open().signingKeys();
    }

    @Override
    public void write(Batch batch) {
        if (batch.applied().index() <= open().applied().last().index()) {
            throw new IllegalArgumentException(
                    "the state is at index " + appliedIndex() + " already, not below " + batch.applied());
        }
        tables.take(batch);
        unflushed.add(batch);
    }

    @Override
    public void flush() {
        open();
        disk.write(unflushed);
        unflushed.clear();
    }

    @Override
    public void close() {
        if (!closed) {
            flush();
            closed = true;
        }
    }
}
