package io.muster.users.store;

import io.muster.raft.LogStart;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Stores on disk whose log was never cut, with their snapshots beside them. */
public final class TestStores {

    private TestStores() {}

    /** Opens the state in {@code directory}; a background error ends its watch. */
    public static RocksUserStore open(Path directory) {
        return open(directory, error -> {
            throw error;
        });
    }

    static RocksUserStore open(Path directory, Consumer<UserStoreException> onBackgroundError) {
        return RocksUserStore.open(
                directory,
                directory.resolveSibling(directory.getFileName() + "-snapshots"),
                LogStart.ZERO,
                onBackgroundError);
    }
}
