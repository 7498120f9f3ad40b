package io.muster.node;

/** The port to the end of the process. Thread-safe. */
@FunctionalInterface
public interface FatalHandler {

    /** This replica must not go on: its disk failed, or an invariant broke. Does not return in production. */
    void fatal(Throwable cause);
}
