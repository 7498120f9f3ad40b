package io.muster.cli;

import java.io.IOException;

/** The command will not do it; the message says why, and what to do. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }
}
