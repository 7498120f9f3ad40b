package io.muster.client;

/** No server could say what became of the call. The message is the last failure that was seen. */
public final class UnavailableException extends MusterException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveHappened;

    UnavailableException(boolean mayHaveHappened, String reason) {
        super(reason);
        this.mayHaveHappened = mayHaveHappened;
    }

    /** Whether a server may have done it, or may yet; false for a read. */
    public boolean mayHaveHappened() {
        return mayHaveHappened;
    }
}
