package io.muster.web;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.raft.NodeId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ResponseEntity;

/** The headers that tie an answer to a place in the log. */
final class RaftHeaders {

    /** Which replica answered. */
    static final String SERVED_BY = "Served-By";

    /** An index that the answer takes into account. */
    static final String INDEX = "Raft-Index";

    /** The index that an answer must take into account. */
    static final String MIN_INDEX = "Raft-Min-Index";

    private static final long MAX_WAIT_SECONDS = 2;

    private RaftHeaders() {}

    /** Says who answers, and from where in the log on. */
    static void frame(HttpServletResponse response, NodeId self, Consensus consensus) {
        response.setHeader(SERVED_BY, self.toString());
        response.setHeader(INDEX, Long.toString(consensus.appliedIndex()));
    }

    /** The index of {@link #MIN_INDEX}. */
    static long index(String header) {
        try {
            long index = Long.parseLong(header.strip());
            if (index >= 0) {
                return index;
            }
        } catch (NumberFormatException e) {
            // As wrong as a number below 0.
        }
        throw new MalformedRequestException(MIN_INDEX + " is a whole number, 0 or greater");
    }

    /** The answer to a change that is in the state of that index. */
    static ResponseEntity<Void> changed(long index) {
        return ResponseEntity.noContent().header(INDEX, Long.toString(index)).build();
    }

    /** Waits until this replica has applied {@code index}. */
    static void await(Consensus consensus, long index) {
        CompletableFuture<Long> applied = consensus.awaitApplied(index);
        try {
            var _ = applied.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            applied.cancel(false);
            throw new ConsensusException.NoQuorum("this replica has not reached index " + index);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConsensusException refused
                    ? refused
                    : new IllegalStateException("the cluster failed otherwise than its port says", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsensusException.NoQuorum("this replica is stopping");
        }
    }
}
