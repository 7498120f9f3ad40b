package io.muster.node;

/** The port to time. */
public interface Clock {

    /** A clock that never goes back, nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** The wall clock, milliseconds since the epoch; may jump. */
    long wallMillis();
}
