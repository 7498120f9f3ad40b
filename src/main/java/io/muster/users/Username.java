package io.muster.users;

import java.text.Normalizer;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * A name as it is stored and compared: mapped by UsernameCaseMapped (RFC 8265, section 3.3), 3 to 64 code points.
 *
 * @param value the mapped name
 */
record Username(String value) {

    static final int MINIMUM = 3;
    static final int MAXIMUM = 64;

    /** No longer text maps to {@link #MAXIMUM} code points: NFC shortens to a quarter at most. Bounds the work. */
    private static final int MAXIMUM_RAW_UNITS = 1024;

    private static final String FIELD = "username";
    private static final String RULE = "may contain letters, digits and printable ASCII characters, but no spaces,"
            + " symbols or invisible characters, and must not mix writing directions";

    static Checked<Username> check(String raw) {
        if (raw.isEmpty()) {
            return new Checked.Broken<>(Violation.tooShort(FIELD, MINIMUM));
        }
        if (raw.length() > MAXIMUM_RAW_UNITS) {
            return new Checked.Broken<>(Violation.tooLong(FIELD, MAXIMUM));
        }
        try {
            return checkLength(PrecisProfiles.USERNAME_CASE_MAPPED.enforce(raw));
        } catch (IllegalArgumentException e) {
            return new Checked.Broken<>(Violation.disallowed(FIELD, RULE));
        }
    }

    /** The beginning of a name, mapped as far as that can be told of a beginning; what no name begins with is found nowhere. */
    static String mapped(String prefix) {
        StringBuilder lower = new StringBuilder();
        prefix.codePoints().limit(MAXIMUM).map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static Checked<Username> checkLength(String mapped) {
        int length = mapped.codePointCount(0, mapped.length());
        if (length < MINIMUM) {
            return new Checked.Broken<>(Violation.tooShort(FIELD, MINIMUM));
        }
        if (length > MAXIMUM) {
            return new Checked.Broken<>(Violation.tooLong(FIELD, MAXIMUM));
        }
        return new Checked.Valid<>(new Username(mapped));
    }
}
