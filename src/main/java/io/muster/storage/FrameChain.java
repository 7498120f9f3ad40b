package io.muster.storage;

/**
 * Where the chain of frames ends.
 *
 * @param nextSequence sequence number of the frame to come
 * @param lastChecksum checksum of the last frame, 0 before the first
 * @param sealed whether damage to the last frame of entries would be told from a torn write
 */
record FrameChain(long nextSequence, int lastChecksum, boolean sealed) {

    /** Before the first frame; there is nothing to seal. */
    static final FrameChain START = new FrameChain(1, 0, true);

    boolean continuesWith(FrameHeader frame) {
        return frame.sequence() == nextSequence && frame.previousChecksum() == lastChecksum;
    }

    FrameChain after(FrameHeader frame) {
        return new FrameChain(frame.sequence() + 1, frame.checksum(), frame.kind() == FrameHeader.SEAL);
    }
}
