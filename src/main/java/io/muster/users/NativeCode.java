package io.muster.users;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Libraries in native code, which a machine may lack. Thread-safe. */
final class NativeCode {

    private static final Logger LOG = LoggerFactory.getLogger(NativeCode.class);

    static {
        // Where RocksDB and Conscrypt put theirs: JNA would make a directory in the home of whoever starts a replica.
        System.setProperty("jna.tmpdir", System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir")));
    }

    private NativeCode() {}

    /**
     * Whether a library can be used here; else, a line of the log says why not.
     *
     * @param trial the first use of it, which answers whether it computes what it should
     */
    static boolean works(String library, BooleanSupplier trial) {
        try {
            if (trial.getAsBoolean()) {
                return true;
            }
            LOG.warn(
                    "{} computes wrong hashes on this machine: they are computed in Java, which takes longer", library);
        } catch (LinkageError | RuntimeException e) {
            LOG.warn(
                    "{} does not work on this machine: its hashes are computed in Java, which takes longer",
                    library,
                    e);
        }
        return false;
    }
}
