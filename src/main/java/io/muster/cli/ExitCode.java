package io.muster.cli;

/** The exit codes of the commands; scripts rely on them. */
final class ExitCode {

    static final int OK = 0;
    /** A server said no, or doing it would destroy what is not ours. */
    static final int REFUSED = 1;
    /** No server could be reached, or what became of the request is not known. */
    static final int UNAVAILABLE = 2;

    static final int USAGE = 64;
    /** The command itself failed. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
