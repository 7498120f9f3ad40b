package io.muster.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a stream that may be of any length, each of which may not. For one thread. */
final class Lines {

    private final InputStream stream;
    private final int maxBytes;
    private long number;
    private boolean ended;

    Lines(InputStream stream, int maxBytes) {
        this.stream = new BufferedInputStream(stream);
        this.maxBytes = maxBytes;
    }

    /** The number of the line that was read last, 1 for the first. */
    long number() {
        return number;
    }

    /** Whether all was read. */
    boolean ended() {
        return ended;
    }

    /** The next line, without its end. Of one that is too long, one byte more than there may be. */
    byte[] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        while (true) {
            int value = stream.read();
            if (value < 0) {
                ended = true;
            }
            if (value < 0 || value == '\n') {
                return line.toByteArray();
            }
            if (line.size() <= maxBytes) {
                line.write(value);
            }
        }
    }
}
