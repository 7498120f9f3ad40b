package io.muster.cli;

import java.util.List;

/** What became of a request to the registry. */
sealed interface Answer {

    /** Done, by a server of the cluster. */
    record Accepted(String id, String username) implements Answer {}

    /**
     * A server said no; the same request would be refused again.
     *
     * @param code the problem's stable code; empty when the server gave none
     * @param reasons one sentence each, most general first
     */
    record Refused(int status, String code, List<String> reasons) implements Answer {

        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * No server could say.
     *
     * @param mayHaveHappened a server may have done it, or may yet
     * @param reason the last failure seen
     */
    record Unavailable(boolean mayHaveHappened, String reason) implements Answer {}
}
