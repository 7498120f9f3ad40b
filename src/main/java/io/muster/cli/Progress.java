package io.muster.cli;

import java.util.Locale;

/** How far a long command has come: one line that changes where a person watches, else a line now and then. */
final class Progress {

    private static final long STEP_WATCHED = 500;
    private static final long STEP = 10_000;

    private final Terminal terminal;
    private final String done;
    private long told;

    /** @param done of what, such as {@code users exported} */
    Progress(Terminal terminal, String done) {
        this.terminal = terminal;
        this.done = done;
    }

    void at(long count) {
        long step = terminal.isInteractive() ? STEP_WATCHED : STEP;
        if (count - told >= step) {
            told = count;
            terminal.err().print((terminal.isInteractive() ? "\r" : "") + text(count));
            if (!terminal.isInteractive()) {
                terminal.err().println();
            }
            terminal.err().flush();
        }
    }

    /** Ends the line that changes. */
    void end() {
        if (told > 0 && terminal.isInteractive()) {
            terminal.err().println();
        }
    }

    private String text(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, done);
    }
}
