package io.muster.client;

import java.net.URI;

/** An answer broke off behind whole lines of it, which are kept. It never leaves this package: another server goes on. */
final class BrokenOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient URI server;

    BrokenOffException(URI server, String reason) {
        super(server + " broke off its answer (" + reason + ")");
        this.server = server;
    }

    URI server() {
        return server;
    }
}
