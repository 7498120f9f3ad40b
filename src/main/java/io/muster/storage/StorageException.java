package io.muster.storage;

import org.jspecify.annotations.Nullable;

/** What the disk did, or holds, that this replica must not go on with. Always fatal to the process. */
public abstract sealed class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A read, write, sync, rename or delete failed. What is on disk is uncertain until the next start. */
    public static final class DiskFailed extends StorageException {
        private static final long serialVersionUID = 1L;

        public DiskFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The directory holds damage that cannot be an unsynced tail: names the file and the offset. */
    public static final class Damaged extends StorageException {
        private static final long serialVersionUID = 1L;

        public Damaged(String message) {
            super(message, null);
        }

        static Damaged at(String file, long offset, String what) {
            return new Damaged(file + " is damaged at offset " + offset + ": " + what
                    + ". What this replica acknowledged may be lost: it must rejoin under a new identity");
        }
    }

    /** The directory belongs to another node, another cluster, or a newer version. */
    public static final class Foreign extends StorageException {
        private static final long serialVersionUID = 1L;

        public Foreign(String message) {
            super(message, null);
        }
    }

    /** Another process holds the directory. */
    public static final class Locked extends StorageException {
        private static final long serialVersionUID = 1L;

        public Locked(String message) {
            super(message, null);
        }
    }
}
