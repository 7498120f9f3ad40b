package io.muster.users;

import org.jspecify.annotations.Nullable;

/**
 * A committed entry that this replica cannot apply: an invariant broke, or a newer version wrote it. Fatal to the process;
 * skipping the entry would let replicas diverge.
 */
public final class ApplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ApplyException(long index, String what, @Nullable Throwable cause) {
        super("entry " + index + " cannot be applied: " + what, cause);
    }
}
