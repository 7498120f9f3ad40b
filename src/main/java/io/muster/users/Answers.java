package io.muster.users;

import io.muster.node.ConsensusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what the cluster answers. */
final class Answers {

    private Answers() {}

    /**
     * Waits until the deadline, or an interrupt, which counts as one and is kept.
     *
     * @param tooLate what the caller hears then
     */
    static <T> T await(CompletableFuture<T> answer, Deadline deadline, Supplier<ConsensusException> tooLate) {
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw tooLate.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLate.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConsensusException refused) {
                throw refused;
            }
            throw new IllegalStateException("the cluster failed otherwise than its port says", e);
        }
    }
}
