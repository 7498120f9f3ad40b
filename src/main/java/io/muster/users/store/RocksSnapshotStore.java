package io.muster.users.store;

import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.node.SnapshotStore;
import io.muster.raft.LogStart;
import java.security.SecureRandom;

/** Snapshots of a {@link RocksUserStore}: checkpoints by hard links, sent and received file by file. */
final class RocksSnapshotStore implements SnapshotStore {

    private final RocksUserStore store;
    private final SnapshotPaths paths;
    private final SecureRandom random = new SecureRandom();

    RocksSnapshotStore(RocksUserStore store, SnapshotPaths paths) {
        this.store = store;
        this.paths = paths;
    }

    @Override
    public LogStart flush() {
        LogStart applied = store.applied();
        store.flush();
        return applied;
    }

    @Override
    public SnapshotSource take() {
        if (store.applied().equals(LogStart.ZERO)) {
            throw new IllegalStateException("there is no snapshot of a state to which nothing was applied");
        }
        long id = random.nextLong();
        AppliedState state = store.checkpoint(paths.outgoing(id));
        return RocksSnapshotSource.of(id, paths.outgoing(id), state);
    }

    @Override
    public SnapshotSink receive(long snapshot, long bytes) {
        Directories.delete(paths.complete());
        return RocksSnapshotSink.open(new IncomingSnapshot(paths.incoming()), paths.complete(), snapshot, bytes);
    }

    @Override
    public void install(LogStart last) {
        store.replace(last);
    }

    @Override
    public void discard() {
        Directories.delete(paths.complete());
    }
}
