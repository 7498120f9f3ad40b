package io.muster.users.store;

import io.muster.raft.LogStart;
import java.util.HashMap;
import java.util.Map;

/** The snapshots of the simulator do what the real ones do. */
class MapSnapshotStoreTest extends SnapshotStoreContract {

    private final Map<String, MapStoreDisk> disks = new HashMap<>();

    @Override
    Replica open(String name, LogStart logStart) {
        MapUserStore store = new MapUserStore(disks.computeIfAbsent(name, any -> new MapStoreDisk()), logStart);
        return new Replica(store, store.snapshots());
    }
}
