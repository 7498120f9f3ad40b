package io.muster.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints and reads.
 *
 * @param in read when there is no console
 * @param console null when standard input or output is no terminal
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        @Nullable Console console) {

    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_FOREIGN_CHARS = 500;

    static Terminal system() {
        return new Terminal(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                System.in,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElse(null));
    }

    /** Whether a person watches, so that the screen may be cleared and coloured. */
    boolean isInteractive() {
        return console != null;
    }

    /** One line without its end: from the console, with a prompt and no echo, else from standard input. Empty at its end. */
    Optional<String> readPassword() throws IOException {
        if (console == null) {
            return readLine();
        }
        char[] typed = console.readPassword("Password: ");
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }

    private Optional<String> readLine() throws IOException {
        byte[] line = new byte[MAX_LINE_BYTES];
        int length = 0;
        int next;
        while ((next = in.read()) >= 0 && next != '\n') {
            if (length == line.length) {
                throw new IOException("the line on standard input is over " + MAX_LINE_BYTES + " bytes");
            }
            line[length++] = (byte) next;
        }
        if (next < 0 && length == 0) {
            return Optional.empty();
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return Optional.of(new String(Arrays.copyOf(line, end), StandardCharsets.UTF_8));
    }

    /** The text of a server, made safe to print: without control characters, and not endless. */
    static String printable(String foreign) {
        String safe = foreign.codePoints()
                .limit(MAX_FOREIGN_CHARS)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return safe.strip();
    }
}
