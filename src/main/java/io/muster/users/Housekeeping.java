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

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    /** @param chores each does nothing while nothing is due */
    public Housekeeping(List<Runnable> chores) {
        for (Runnable chore : chores) {
            var _ = thread.scheduleWithFixedDelay(new Look(chore)::run, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
        }
    }

    /** One chore, and what was said of it. For one thread. */
    static final class Look {

        private final Runnable chore;
        private String said = "";

        Look(Runnable chore) {
            this.chore = chore;
        }

        void run() {
            try {
                chore.run();
                said = "";
            } catch (ConsensusException e) {
                LOG.debug("What is due must wait: {}", e.getMessage());
            } catch (UnusableSigningKeyException e) {
                sayOnce(String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                // It would be the last look otherwise.
                LOG.error("What is due failed", e);
            }
        }

        private void sayOnce(String message) {
            if (!message.equals(said)) {
                said = message;
                LOG.error("This replica is not ready: {}", message);
            }
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
