package io.muster.web;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Waits until this replica has applied {@code index}. */
    static void await(Consensus consensus, long index) {
        if (index < 0) {
            throw new MalformedRequestException(MIN_INDEX + " is 0 or greater");
        }
        try {
            var _ = consensus.awaitApplied(index).get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new ConsensusException.NoQuorum("this replica has not reached index " + index);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsensusException.NoQuorum("this replica is stopping");
        }
    }
}
