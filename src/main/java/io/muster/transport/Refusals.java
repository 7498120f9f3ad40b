package io.muster.transport;

import io.grpc.Status;
import io.muster.node.ConsensusException;
import io.muster.transport.proto.Refusal;

/** Between {@link ConsensusException} and what stands for it on the wire. */
final class Refusals {

    private Refusals() {}

    static Refusal toProto(Throwable failure) {
        return switch (failure) {
            case ConsensusException.NoQuorum noQuorum -> Refusal.REFUSAL_NO_QUORUM;
            case ConsensusException.Overloaded overloaded -> Refusal.REFUSAL_OVERLOADED;
            default -> Refusal.REFUSAL_OUTCOME_UNKNOWN;
        };
    }

    static ConsensusException fromProto(Refusal refusal) {
        return switch (refusal) {
            case REFUSAL_NO_QUORUM -> new ConsensusException.NoQuorum("the replica that was asked has no majority");
            case REFUSAL_OVERLOADED -> new ConsensusException.Overloaded("too many requests wait on the leader");
            default -> new ConsensusException.OutcomeUnknown("the leader could not confirm it");
        };
    }

    /** A call that failed on the way may have arrived, unless the other side refused to look at it. */
    static ConsensusException ofWrite(Status status) {
        return status.getCode() == Status.Code.FAILED_PRECONDITION
                ? new ConsensusException.NoQuorum("the leader refused the call: " + status.getDescription())
                : new ConsensusException.OutcomeUnknown("the leader did not answer: " + status.getCode());
    }

    static ConsensusException ofRead(Status status) {
        return new ConsensusException.NoQuorum("the replica that was asked did not answer: " + status.getCode());
    }
}
