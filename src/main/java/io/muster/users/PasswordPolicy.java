package io.muster.users;

/**
 * What a new password must obey, beyond being representable (RFC 8265 OpaqueString) and at most 1,024 characters long. No
 * composition rules, and never truncated (NIST SP 800-63B).
 *
 * @param minLength in code points, 1 to 64
 */
public record PasswordPolicy(int minLength) {

    private static final int LARGEST_MINIMUM = 64;

    public PasswordPolicy {
        if (minLength < 1 || minLength > LARGEST_MINIMUM) {
            throw new IllegalArgumentException(
                    "the minimum length of passwords is 1 to " + LARGEST_MINIMUM + ", not " + minLength);
        }
    }

    Checked<Password> check(String raw) {
        return switch (Password.check(raw)) {
            case Checked.Valid<Password>(Password password) when password.length() < minLength -> tooShort();
            case Checked.Broken<Password> broken when raw.isEmpty() -> tooShort();
            case Checked<Password> checked -> checked;
        };
    }

    private Checked<Password> tooShort() {
        return new Checked.Broken<>(Violation.tooShort(Password.FIELD, minLength));
    }
}
