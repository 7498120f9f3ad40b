package io.muster.users.store;

import java.nio.file.Path;

/**
 * Where a state stands and where its snapshots do, and the two renames that put one in its place.
 *
 * @param state the directory of the state
 * @param snapshots the directory of all below, on the same file system
 */
record SnapshotPaths(Path state, Path snapshots) {

    private static final String OUTGOING = "outgoing-";

    /** A state that is being sent. */
    Path outgoing(long id) {
        return snapshots.resolve("%s%016x".formatted(OUTGOING, id));
    }

    /** What is being received. */
    Path incoming() {
        return snapshots.resolve("incoming");
    }

    /** A state that was received, whole and durable. */
    Path complete() {
        return snapshots.resolve("complete");
    }

    /** The state that it replaces. */
    Path old() {
        return snapshots.resolve("old");
    }

    /** Puts the complete state in the place of the old one. A crash in between is what {@link #settle} goes on from. */
    void swap() {
        if (Directories.exists(state)) {
            Directories.move(state, old());
        }
        Directories.move(complete(), state);
    }

    /** At start: finishes a swap that was begun, and deletes what an earlier run left. */
    void settle() {
        Directories.create(snapshots);
        if (Directories.exists(old()) && !Directories.exists(state)) {
            if (!Directories.exists(complete())) {
                throw new UserStoreException.Damaged(
                        "the user state in " + state + " is missing beside the one that it replaced, " + old(), null);
            }
            Directories.move(complete(), state);
        }
        if (Directories.exists(old())) {
            // An earlier run may have been killed before it did so, and what is built on a lost rename is lost with it.
            Directories.sync(Directories.parent(state));
            Directories.sync(snapshots);
            Directories.delete(old());
        }
        for (String name : Directories.list(snapshots)) {
            if (name.startsWith(OUTGOING)) {
                Directories.delete(snapshots.resolve(name));
            }
        }
    }
}
