package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What sets a password by a reset code. Never shown by {@link #toString}. */
record ResetRequest(
        @JsonProperty("username") @Nullable String username,
        @JsonProperty("code") @Nullable String code,
        @JsonProperty("new") @Nullable String replacement) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("code", code),
                MalformedRequestException.required("new", replacement));
    }

    @Override
    public String toString() {
        return "ResetRequest[redacted]";
    }

    /** What was sent; nothing of it is valid yet. */
    record Complete(String username, String code, String replacement) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
