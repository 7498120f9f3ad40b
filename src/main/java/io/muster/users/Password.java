package io.muster.users;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * A password, prepared by OpaqueString (RFC 8265, section 4.2), at most 1,024 code points. Never shows in {@link #toString}.
 */
final class Password {

    static final int MAXIMUM = 1024;

    /** No longer text maps to {@link #MAXIMUM} code points. Bounds the work. */
    private static final int MAXIMUM_RAW_UNITS = 16 * MAXIMUM;

    static final String FIELD = "password";
    private static final String RULE = "must not contain control or invisible characters";

    /** For a hash whose outcome does not matter. */
    static final Password PLACEHOLDER = new Password("placeholder");

    private final String prepared;

    private Password(String prepared) {
        this.prepared = prepared;
    }

    /** Checks what every password ever registered obeys, whatever the policy was then. */
    static Checked<Password> check(String raw) {
        if (raw.isEmpty()) {
            return new Checked.Broken<>(Violation.tooShort(FIELD, 1));
        }
        if (raw.length() > MAXIMUM_RAW_UNITS) {
            return new Checked.Broken<>(Violation.tooLong(FIELD, MAXIMUM));
        }
        try {
            Password password = new Password(PrecisProfiles.OPAQUE_STRING.enforce(raw));
            return password.length() > MAXIMUM
                    ? new Checked.Broken<>(Violation.tooLong(FIELD, MAXIMUM))
                    : new Checked.Valid<>(password);
        } catch (IllegalArgumentException e) {
            return new Checked.Broken<>(Violation.disallowed(FIELD, RULE));
        }
    }

    /** In code points. */
    int length() {
        return prepared.codePointCount(0, prepared.length());
    }

    /** In lower case, to compare. */
    String folded() {
        return prepared.toLowerCase(Locale.ROOT);
    }

    /** A fresh array, for the caller to wipe. */
    byte[] toUtf8() {
        return prepared.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Password[redacted]";
    }
}
