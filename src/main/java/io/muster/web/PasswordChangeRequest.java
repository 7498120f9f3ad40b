package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a change of password takes. Never shown by {@link #toString}. */
record PasswordChangeRequest(
        @JsonProperty("current") @Nullable String current,
        @JsonProperty("new") @Nullable String replacement) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("current", current),
                MalformedRequestException.required("new", replacement));
    }

    @Override
    public String toString() {
        return "PasswordChangeRequest[redacted]";
    }

    /** Both passwords as they were sent; neither is valid yet. */
    record Complete(String current, String replacement) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
