package io.muster.node;

/** What was received is not a whole snapshot. The message names the file and what is wrong. */
public final class DamagedSnapshotException extends Exception {

    private static final long serialVersionUID = 1L;

    public DamagedSnapshotException(String message) {
        super(message);
    }
}
