package io.muster.history;

/**
 * One call of one client, from its first attempt to the last answer. All attempts of a registration carry one
 * Idempotency-Key, so that together they take effect once at most; other calls are attempted once.
 *
 * @param client who called; shown only
 * @param user the name, the same for all spellings of it
 * @param callNanos when the first attempt was sent, by a clock that all clients share
 * @param returnNanos when the last answer came; {@link #NEVER} where none did
 */
public record Operation(int client, Act act, String user, long callNanos, long returnNanos, Outcome outcome) {

    /** The time of an answer that never came. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What the client knows in the end. */
    public enum Outcome {
        /** It was done. */
        OK,
        /** Somebody holds the name. */
        CONFLICT,
        /** No such user, another password, or a user who is disabled. */
        INVALID_CREDENTIALS,
        /** The session has ended. */
        INVALID_TOKEN,
        /** The user is not there. */
        MISSING,
        /** It may take effect at any moment after the call, or never. */
        UNKNOWN,
        /** It was not applied and never will be. */
        REFUSED;

        /** Whether it tells what was so between call and return. */
        public boolean isAnswer() {
            return this != UNKNOWN && this != REFUSED;
        }
    }

    public Operation {
        if (outcome == Outcome.UNKNOWN) {
            returnNanos = NEVER;
        }
        if (returnNanos < callNanos) {
            throw new IllegalArgumentException("an answer cannot come before its call");
        }
        if (!isPossible(act, outcome)) {
            throw new IllegalArgumentException(act + " does not end with " + outcome);
        }
    }

    static boolean isPossible(Act act, Outcome outcome) {
        return switch (outcome) {
            case OK -> !(act instanceof Act.Login login) || login.session() != null;
            case UNKNOWN, REFUSED -> true;
            case CONFLICT -> act instanceof Act.Register;
            case INVALID_CREDENTIALS ->
                act instanceof Act.Login(int _, Act.Session given)
                        ? given == null
                        : act instanceof Act.ChangePassword || act instanceof Act.Delete;
            case INVALID_TOKEN -> act instanceof Act.BySession;
            case MISSING -> act instanceof Act.SetDisabled;
        };
    }

    /** Whether an answer says that it took effect between call and return. */
    boolean isCertain() {
        return outcome != Outcome.UNKNOWN;
    }

    /** Whether it only reads: without an answer it has told nothing. */
    boolean isRead() {
        return act instanceof Act.Login || act instanceof Act.Me;
    }
}
