package io.muster.node;

/** What was under way at a stop did not end in time: the disk answers too late, or not at all. */
public final class WorkerHungException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerHungException(String message) {
        super(message);
    }
}
