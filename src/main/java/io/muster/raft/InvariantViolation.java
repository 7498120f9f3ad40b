package io.muster.raft;

/** Something happened that Raft rules out; going on could lose data. Fatal to the process. */
public final class InvariantViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvariantViolation(String message) {
        super(message);
    }

    static void require(boolean holds, String invariant) {
        if (!holds) {
            throw new InvariantViolation(invariant);
        }
    }
}
