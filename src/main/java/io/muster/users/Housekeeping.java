package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.token.UnusableSigningKeyException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether something is due that nobody asks for, such as a new signing key. Every replica does, since
 * any of them may be the one that is left.
 */
public final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long SECONDS_BETWEEN = 5;

    /** What was said last about a key, empty for nothing. Seen by the one thread only. */
    private String unusableKey = "";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    /** @param chores each does nothing while nothing is due */
    public Housekeeping(List<Runnable> chores) {
        for (Runnable chore : chores) {
            var _ = thread.scheduleWithFixedDelay(() -> look(chore), 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
        }
    }

    private void look(Runnable chore) {
        try {
            chore.run();
            unusableKey = "";
        } catch (ConsensusException e) {
            LOG.debug("What is due must wait: {}", e.getMessage());
        } catch (UnusableSigningKeyException e) {
            sayOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // It would be the last look otherwise.
            LOG.error("What is due failed", e);
        }
    }

    private void sayOnce(String message) {
        if (!message.equals(unusableKey)) {
            unusableKey = message;
            LOG.error("This replica is not ready: {}", message);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // The store is closed next.
            var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
