package io.muster.cli;

import java.util.List;

/** What a command line asks of the process that was started with it. */
public sealed interface Invocation {

    /**
     * The command has run to its end.
     *
     * @param code the process' exit code, 0 to 255
     */
    record Exit(int code) implements Invocation {}

    /**
     * This process shall be a server.
     *
     * @param arguments what Spring gets as its arguments
     */
    record Serve(List<String> arguments) implements Invocation {

        public Serve {
            arguments = List.copyOf(arguments);
        }
    }
}
