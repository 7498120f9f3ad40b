package io.muster.history;

/**
 * One call of one client, from its first attempt to the last answer. All attempts of a registration carry one
 * Idempotency-Key, so that together they take effect once at most.
 *
 * @param client who called; shown only
 * @param user the name, the same for all spellings of it
 * @param password stands for the password, from 1
 * @param callNanos when the first attempt was sent, by a clock that all clients share
 * @param returnNanos when the last answer came; {@link #NEVER} where none did
 */
public record Operation(
        int client, Kind kind, String user, int password, long callNanos, long returnNanos, Outcome outcome) {

    /** The time of an answer that never came. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What was asked for. */
    public enum Kind {
        REGISTER,
        LOGIN
    }

    /** What the client knows in the end. */
    public enum Outcome {
        /** The user was registered by this operation, or logged in. */
        OK,
        /** Another registration holds the name. */
        CONFLICT,
        /** No such user, or another password. */
        INVALID_CREDENTIALS,
        /** It may take effect at any moment after the call, or never. */
        UNKNOWN,
        /** It was not applied and never will be. */
        REFUSED
    }

    public Operation {
        if (password < 1) {
            throw new IllegalArgumentException("passwords are numbered from 1, not " + password);
        }
        if (outcome == Outcome.UNKNOWN) {
            returnNanos = NEVER;
        }
        if (returnNanos < callNanos) {
            throw new IllegalArgumentException("an answer cannot come before its call");
        }
        boolean possible = switch (outcome) {
            case OK, UNKNOWN, REFUSED -> true;
            case CONFLICT -> kind == Kind.REGISTER;
            case INVALID_CREDENTIALS -> kind == Kind.LOGIN;
        };
        if (!possible) {
            throw new IllegalArgumentException(kind + " does not end with " + outcome);
        }
    }

    /** Whether an answer says that it took effect between call and return. */
    boolean isCertain() {
        return outcome != Outcome.UNKNOWN;
    }
}
