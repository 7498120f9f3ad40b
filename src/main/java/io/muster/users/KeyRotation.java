package io.muster.users;

import io.muster.node.ConsensusException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once in a while whether a signing key is due. Every replica does, since any of them may be the one that is left. */
public final class KeyRotation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final long SECONDS_BETWEEN = 10;

    private final Tokens tokens;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("key-rotation").factory());

    /** Begins to look. */
    public KeyRotation(Tokens tokens) {
        this.tokens = tokens;
        var _ = thread.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            tokens.rotateIfDue();
        } catch (ConsensusException e) {
            LOG.debug("No signing key could be made this time: {}", e.getMessage());
        } catch (RuntimeException e) {
            // It would be the last look otherwise.
            LOG.error("The signing keys could not be looked after", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
