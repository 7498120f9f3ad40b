package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What register and login take. Both are there once {@link #checked} has been called.
 *
 * @param password never shown by {@link #toString}
 */
record CredentialsRequest(
        @JsonProperty("username") @Nullable String username,
        @JsonProperty("password") @Nullable String password) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("password", password));
    }

    @Override
    public String toString() {
        return "CredentialsRequest[redacted]";
    }

    /** A name and a password that were sent; neither is valid yet. */
    record Complete(String username, String password) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
