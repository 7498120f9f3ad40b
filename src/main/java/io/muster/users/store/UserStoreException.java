package io.muster.users.store;

import org.jspecify.annotations.Nullable;

/** What the disk did, or holds, that this replica must not go on with. Always fatal to the process, never retried. */
public abstract sealed class UserStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UserStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A read, write, sync or background job failed. What is on disk is uncertain until the next start. */
    public static final class DiskFailed extends UserStoreException {
        private static final long serialVersionUID = 1L;

        public DiskFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A file of the store is missing, or does not hold what was written. */
    public static final class Damaged extends UserStoreException {
        private static final long serialVersionUID = 1L;

        public Damaged(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Another process holds the directory. */
    public static final class Locked extends UserStoreException {
        private static final long serialVersionUID = 1L;

        public Locked(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
