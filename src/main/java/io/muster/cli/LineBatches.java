package io.muster.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a file in parts that one call takes. */
final class LineBatches {

    /** Some lines with their ends. */
    static final class Batch {

        private final long firstLine;
        private final byte[] bytes;

        private Batch(long firstLine, byte[] bytes) {
            this.firstLine = firstLine;
            this.bytes = bytes;
        }

        /** Number of the first of them, 1 for the first of the file. */
        long firstLine() {
            return firstLine;
        }

        boolean isEmpty() {
            return bytes.length == 0;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private static final int MAX_LINES = 500;
    private static final int MAX_BYTES = 512 * 1024;

    /** What is longer is refused by any server; so much of it is enough for that. */
    private static final int MAX_LINE_BYTES = 16 * 1024;

    private final InputStream in;
    private long nextLine = 1;
    private boolean ended;

    LineBatches(InputStream in) {
        this.in = in;
    }

    /** Number of the first line of the next batch. */
    long nextLine() {
        return nextLine;
    }

    boolean ended() {
        return ended;
    }

    /** Leaves out what is before a line. */
    void skipTo(long line) throws IOException {
        while (nextLine < line && !ended) {
            take(new ByteArrayOutputStream());
        }
    }

    /** The next lines; none where the file has ended. */
    Batch next() throws IOException {
        long first = nextLine;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        while (!ended && nextLine - first < MAX_LINES && lines.size() < MAX_BYTES) {
            take(lines);
        }
        return new Batch(first, lines.toByteArray());
    }

    private void take(ByteArrayOutputStream lines) throws IOException {
        int length = 0;
        int next;
        while ((next = in.read()) >= 0 && next != '\n') {
            if (length++ < MAX_LINE_BYTES) {
                lines.write(next);
            }
        }
        ended = next < 0;
        if (!ended || length > 0) {
            lines.write('\n');
            nextLine++;
        }
    }
}
