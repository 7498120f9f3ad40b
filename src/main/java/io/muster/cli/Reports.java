package io.muster.cli;

import io.muster.client.RefusedException;

/** What commands tell of that did not go well. */
final class Reports {

    private Reports() {}

    static void refused(Terminal terminal, RefusedException refused) {
        terminal.err().println("refused: " + summary(refused));
        refused.reasons().forEach(reason -> terminal.err().println("  " + Terminal.printable(reason)));
    }

    private static String summary(RefusedException refused) {
        return switch (refused.code()) {
            case "username-taken" -> "the name is taken";
            case "invalid-credentials" -> "wrong name or password";
            case "policy-violation" -> "the name or the password is not acceptable";
            case "" -> "HTTP status " + refused.status();
            default -> Terminal.printable(refused.code());
        };
    }
}
