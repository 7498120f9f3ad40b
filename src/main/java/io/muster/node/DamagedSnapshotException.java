package io.muster.node;

/** What was received is not a whole snapshot. The message names the file and what is wrong. */
public final class DamagedSnapshotException extends Exception {

    public DamagedSnapshotException(String message) {
        super(message);
    }
}
