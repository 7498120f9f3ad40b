package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a call takes that asks for the password again. Never shown by {@link #toString}. */
record PasswordRequest(@JsonProperty("password") @Nullable String password) {

    /** The password, not valid yet. */
    String checked() {
        return MalformedRequestException.required("password", password);
    }

    @Override
    public String toString() {
        return "PasswordRequest[redacted]";
    }
}
