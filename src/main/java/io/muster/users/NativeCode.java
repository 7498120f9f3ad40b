package io.muster.users;

/** What must be so before JNA is first used. */
final class NativeCode {

    static {
        // Where RocksDB and Conscrypt put theirs: JNA would make a directory in the home of whoever starts a replica.
        System.setProperty("jna.tmpdir", System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir")));
    }

    private NativeCode() {}

    /** To be called before any class of JNA is touched. */
    static void prepare() {}
}
