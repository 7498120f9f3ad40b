package io.muster.node;

import java.util.concurrent.CompletionException;

/** What futures wrap their failures in, taken off. */
public final class Failures {

    private Failures() {}

    /** What went wrong, whether a future has passed it on by way of another or not. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
