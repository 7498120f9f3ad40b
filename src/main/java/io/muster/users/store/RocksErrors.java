package io.muster.users.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB reports, as a {@link UserStoreException} that says what to do. */
final class RocksErrors {

    private static final String ADVICE_DAMAGED =
            "Do not mend it by hand: let this replica rejoin the cluster with an empty data directory and a new node id.";

    private RocksErrors() {}

    static UserStoreException atOpen(Path directory, RocksDBException cause) {
        String what = "the user state in " + directory;
        if (isLock(cause)) {
            return new UserStoreException.Locked(
                    what + " is held by another process: stop it, or give this one another directory", cause);
        }
        if (isMissingFile(cause) || isDamage(cause.getStatus())) {
            return new UserStoreException.Damaged(
                    what + " cannot be opened: " + cause.getMessage() + ". " + ADVICE_DAMAGED, cause);
        }
        return new UserStoreException.DiskFailed(what + " cannot be opened: " + cause.getMessage(), cause);
    }

    static UserStoreException inUse(Path directory, RocksDBException cause) {
        String message = "using the user state in " + directory + " failed: " + cause.getMessage();
        return isDamage(cause.getStatus())
                ? new UserStoreException.Damaged(message + ". " + ADVICE_DAMAGED, cause)
                : new UserStoreException.DiskFailed(message, cause);
    }

    static UserStoreException undecodable(Path directory, Exception cause) {
        return new UserStoreException.Damaged(
                "a record of the user state in " + directory + " cannot be decoded. " + ADVICE_DAMAGED, cause);
    }

    static UserStoreException broken(Path directory, BrokenStateException cause) {
        return new UserStoreException.Damaged(
                "the user state in " + directory + " is not what was written: " + cause.getMessage() + ". "
                        + ADVICE_DAMAGED,
                cause);
    }

    private static boolean isDamage(@Nullable Status status) {
        return status != null
                && switch (status.getCode()) {
                    // A column family too many or an unknown format: not written by this version.
                    case Corruption, InvalidArgument, NotSupported -> true;
                    default -> false;
                };
    }

    /** RocksDB has no status code for a lock: its texts are in env/io_posix and env/fs_posix.cc, LockFile. */
    private static boolean isLock(RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("lock hold by current process") || message.contains("While lock file");
    }

    private static boolean isMissingFile(RocksDBException cause) {
        return String.valueOf(cause.getMessage()).contains("No such file or directory");
    }
}
