package io.muster.chaos;

/** A fault at work. */
interface Fault {

    /**
     * Does it.
     *
     * @throws IllegalStateException when a replica behaves otherwise than it must
     */
    void begin() throws InterruptedException;

    /** Repairs what can be repaired from outside; starts what it brought down. */
    void end() throws InterruptedException;
}
