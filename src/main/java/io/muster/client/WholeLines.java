package io.muster.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Passes on whole lines only, and knows the last of them, behind which another answer may go on. A sink that fails does so
 * unchecked, so that nobody takes it for a failure of what is read. For one thread.
 */
final class WholeLines extends OutputStream {

    /** Far over what a server writes. */
    private static final int MAXIMUM_BEGUN_BYTES = 64 * 1024;

    private final OutputStream sink;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private String last = "";
    private long passedOn;

    WholeLines(OutputStream sink) {
        this.sink = sink;
    }

    /** The last whole line, with its end; empty before there is one. */
    String last() {
        return last;
    }

    /** How many bytes it has passed on. */
    long passedOn() {
        return passedOn;
    }

    /** Forgets a line that was begun, to the end of which nobody comes. */
    void dropBegun() {
        begun.reset();
    }

    /** @throws IOException where what came ends within a line */
    void requireEnded() throws IOException {
        if (begun.size() > 0) {
            throw new IOException("it ends within a line");
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** @throws IOException where a line goes on for longer than any that a server writes */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int whole = endOfLines(bytes, offset, offset + length) - offset;
        if (whole > 0) {
            begun.write(bytes, offset, whole);
            passOn();
        }
        begun.write(bytes, offset + whole, length - whole);
        if (begun.size() > MAXIMUM_BEGUN_BYTES) {
            throw new IOException("a line does not end within " + MAXIMUM_BEGUN_BYTES + " bytes");
        }
    }

    /** The index behind the last line feed; {@code from} where there is none. */
    private static int endOfLines(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void passOn() {
        byte[] lines = begun.toByteArray();
        begun.reset();
        int start = endOfLines(lines, 0, lines.length - 1);
        last = new String(lines, start, lines.length - start, StandardCharsets.UTF_8);
        passedOn += lines.length;
        try {
            sink.write(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
