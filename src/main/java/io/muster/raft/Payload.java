package io.muster.raft;

/** What a log entry carries. */
public sealed interface Payload {

    /** Number of bytes it counts for in windows and batches. */
    int size();

    /** The empty entry a leader appends at the start of its term (paper section 8). */
    record NoOp() implements Payload {
        @Override
        public int size() {
            return 0;
        }
    }

    /**
     * A command for the state machine, opaque to Raft.
     *
     * @param content the encoded command
     */
    record Command(Bytes content) implements Payload {
        @Override
        public int size() {
            return content.size();
        }
    }
}
