package io.muster.node;

/** Why a write or a read was not served, and what the caller may assume of a write. */
public abstract sealed class ConsensusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ConsensusException(String message) {
        super(message, null, false, false);
    }

    /** No leader with a majority answers. A write was appended nowhere; a read was not served. */
    public static final class NoQuorum extends ConsensusException {
        private static final long serialVersionUID = 1L;

        public NoQuorum(String message) {
            super(message);
        }
    }

    /** The write may or may not take effect. Retrying it is safe only with the same request id. */
    public static final class OutcomeUnknown extends ConsensusException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String message) {
            super(message);
        }
    }

    /** A queue is full. A write was appended nowhere; a read was not served. */
    public static final class Overloaded extends ConsensusException {
        private static final long serialVersionUID = 1L;

        public Overloaded(String message) {
            super(message);
        }
    }
}
