package io.muster.users;

/**
 * A value that breaks a rule. Never contains the value.
 *
 * @param field name of the request field, such as {@code password}
 * @param code stable, for programs: {@code too-short}, {@code too-long}, {@code disallowed-characters}, {@code common},
 *     {@code similar-to-username}, {@code invalid-role}, {@code invalid-value} or {@code out-of-range}
 * @param detail what the rule is, for people
 */
public record Violation(String field, String code, String detail) {

    /** The same rule, broken by another field. */
    Violation inField(String otherField) {
        return new Violation(otherField, code, detail);
    }

    static Violation tooShort(String field, int minimum) {
        return new Violation(field, "too-short", "must have at least " + minimum + " characters");
    }

    static Violation tooLong(String field, int maximum) {
        return new Violation(field, "too-long", "must have at most " + maximum + " characters");
    }

    static Violation tooManyBytes(String field, int maximum) {
        return new Violation(field, "too-long", "must have at most " + maximum + " bytes of UTF-8");
    }

    static Violation outOfRange(String field, int minimum, int maximum) {
        return new Violation(field, "out-of-range", "must be " + minimum + " to " + maximum);
    }

    static Violation locked() {
        return new Violation("locked", "invalid-value", "takes false only, which ends a lock; or disable the user");
    }

    static Violation hash() {
        return new Violation(
                "hash", "unsupported-hash", "must be a PHC string of Argon2id, or a bcrypt hash, within bounds");
    }

    static Violation time() {
        return new Violation("createdAt", "out-of-range", "must be a time in milliseconds that 64 bits hold");
    }

    static Violation roles() {
        return new Violation(
                "roles",
                "invalid-role",
                "must be " + Role.MAXIMUM
                        + " at most, each 1 to 64 lower-case letters, digits and _ . : -, a letter first");
    }

    static Violation common(String field) {
        return new Violation(field, "common", "is one of those that are guessed first; choose another");
    }

    static Violation similarToUsername(String field) {
        return new Violation(
                field, "similar-to-username", "must not be the username with little added; choose another");
    }

    static Violation disallowed(String field, String rule) {
        return new Violation(field, "disallowed-characters", rule);
    }
}
