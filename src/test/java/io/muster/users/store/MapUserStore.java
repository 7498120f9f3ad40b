package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of the registry in maps, which forgets in a crash what was not flushed. For one thread at a time. */
public final class MapUserStore implements UserStore {

    private final MapStoreDisk disk;
    private final MapTables tables;
    private final List<Batch> unflushed = new ArrayList<>();
    private boolean closed;

    /** Opens the state with what was flushed. */
    public MapUserStore(MapStoreDisk disk) {
        this.disk = disk;
        this.tables = disk.read();
    }

    private MapTables open() {
        if (closed) {
            throw new IllegalStateException("the user state is closed");
        }
        return tables;
    }

    /** A hash of all records, equal where they are. */
    public long hash() {
        return tables.hash();
    }

    /** All users, in no order. */
    public List<User> users() {
        return tables.users();
    }

    @Override
    public long appliedIndex() {
        return tables.appliedIndex();
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
    public void write(Batch batch) {
        if (batch.appliedIndex() <= open().appliedIndex()) {
            throw new IllegalArgumentException(
                    "the state is at index " + appliedIndex() + " already, not below " + batch.appliedIndex());
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
