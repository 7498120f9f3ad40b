package io.muster.wiring;

import io.muster.node.FatalHandler;

/** Ends the process when this replica must not go on. Nothing is cleaned up: what is on disk is what counts. */
final class ProcessEnd implements FatalHandler {

    @Override
    public void fatal(Throwable cause) {
        StopReason reason = StopReason.of(cause);
        // Not the logging system: it is asynchronous, and this is the last line.
        cause.printStackTrace(System.err);
        System.err.println(reason.lastLine());
        System.err.flush();
        Runtime.getRuntime().halt(reason.exitCode());
    }
}
