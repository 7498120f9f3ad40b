package io.muster.chaos;

import java.io.IOException;
import java.io.InterruptedIOException;

/** The conditions on the way from one replica to another. Safe for use by several threads. */
final class Way {

    private boolean cut;
    private int delayMillis;
    private int bytesPerSecond = Integer.MAX_VALUE;

    /** From now on nothing arrives. Nothing is lost either: it stays on the way, as TCP would repeat it. */
    synchronized void cut() {
        cut = true;
    }

    synchronized void delay(int millis) {
        delayMillis = millis;
    }

    /** @param limit bytes a second, of each connection; at least 1 */
    synchronized void slowDown(int limit) {
        bytesPerSecond = limit;
    }

    /** As it was at first. What stayed on the way arrives. */
    synchronized void heal() {
        cut = false;
        delayMillis = 0;
        bytesPerSecond = Integer.MAX_VALUE;
        notifyAll();
    }

    synchronized long delayNanos() {
        return delayMillis * 1_000_000L;
    }

    /** How long so many bytes take on the wire. */
    synchronized long nanosFor(int bytes) {
        return bytesPerSecond == Integer.MAX_VALUE ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
    }

    synchronized void awaitOpen() throws IOException {
        try {
            while (cut) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
