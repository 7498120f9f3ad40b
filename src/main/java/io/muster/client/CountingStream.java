package io.muster.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Knows how much was written, or begun to be written; fails unchecked, so that nobody takes it for a failure of what is read. */
final class CountingStream extends FilterOutputStream {

    private long count;

    CountingStream(OutputStream to) {
        super(to);
    }

    long count() {
        return count;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        count += length;
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
