package io.muster.users.store;

import io.muster.raft.LogStart;

/** The store of the simulator does what the real one does. */
class MapUserStoreTest extends UserStoreContract {

    private final MapStoreDisk disk = new MapStoreDisk();

    @Override
    UserStore open() {
        return new MapUserStore(disk, LogStart.ZERO);
    }

    @Override
    UserStore openAsAfterACrash(UserStore running) {
        return new MapUserStore(disk, LogStart.ZERO);
    }
}
