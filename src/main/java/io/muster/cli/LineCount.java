package io.muster.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Counts the lines that are written through it. */
final class LineCount extends FilterOutputStream {

    private final LongConsumer watcher;
    private long lines;

    /** @param watcher hears how many there are so far */
    LineCount(OutputStream to, LongConsumer watcher) {
        super(to);
        this.watcher = watcher;
    }

    long lines() {
        return lines;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        watcher.accept(lines);
    }
}
