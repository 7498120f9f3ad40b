package io.muster.storage;

/**
 * The unit that a disk writes whole or not at all. Frames start at sectors, so that no write touches a sector that holds
 * acknowledged data, and no single bad sector hits two frames.
 */
final class Sectors {

    static final int BYTES = 512;

    private Sectors() {}

    static int roundUp(int bytes) {
        return Math.ceilDiv(bytes, BYTES) * BYTES;
    }
}
