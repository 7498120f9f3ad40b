package io.muster.node;

/** A worker did not stop in time: its disk answers too late, or not at all. */
public final class WorkerHungException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerHungException(String message) {
        super(message);
    }
}
