package io.muster.users;

import org.jspecify.annotations.Nullable;

/**
 * What a new password must obey, beyond being representable (RFC 8265 OpaqueString) and at most 1,024 characters long. No
 * composition rules, and never truncated (NIST SP 800-63B). Immutable.
 */
public final class PasswordPolicy {

    private static final int LARGEST_MINIMUM = 64;

    private final int minLength;
    private final @Nullable CommonPasswords refused;
    private final boolean refusesSimilar;
    private final int maximumBytes;

    /**
     * A policy.
     *
     * @param minLength in code points, 1 to 64
     * @param refusesCommon whether common passwords are refused
     * @param refusesSimilar whether passwords are refused of which little is left without the username
     */
    public PasswordPolicy(int minLength, boolean refusesCommon, boolean refusesSimilar) {
        this(minLength, refusesCommon, refusesSimilar, Integer.MAX_VALUE);
    }

    private PasswordPolicy(int minLength, boolean refusesCommon, boolean refusesSimilar, int maximumBytes) {
        if (minLength < 1 || minLength > LARGEST_MINIMUM) {
            throw new IllegalArgumentException(
                    "the minimum length of passwords is 1 to " + LARGEST_MINIMUM + ", not " + minLength);
        }
        this.minLength = minLength;
        this.refused = refusesCommon ? CommonPasswords.load() : null;
        this.refusesSimilar = refusesSimilar;
        this.maximumBytes = maximumBytes;
    }

    /** The same for passwords that are hashed so: bcrypt would cut longer ones short, so they are refused. */
    public PasswordPolicy hashedBy(HashScheme scheme) {
        return switch (scheme) {
            case HashScheme.Argon2id _ -> this;
            case HashScheme.Bcrypt _ ->
                new PasswordPolicy(minLength, refused != null, refusesSimilar, BcryptHash.MAXIMUM_PASSWORD_BYTES);
        };
    }

    /** @param name whose password it is to be; null where that breaks a rule itself */
    Checked<Password> check(String raw, @Nullable Username name) {
        return switch (Password.check(raw)) {
            case Checked.Valid<Password>(Password password) when password.length() < minLength -> tooShort();
            case Checked.Broken<Password> broken when raw.isEmpty() -> tooShort();
            case Checked.Valid<Password>(Password password)
            when password.toUtf8().length > maximumBytes ->
                new Checked.Broken<>(Violation.tooManyBytes(Password.FIELD, maximumBytes));
            case Checked.Valid<Password>(Password password)
            when refused != null && refused.contain(password) -> new Checked.Broken<>(Violation.common(Password.FIELD));
            case Checked.Valid<Password>(Password password)
            when name != null && isSimilar(password, name) ->
                new Checked.Broken<>(Violation.similarToUsername(Password.FIELD));
            case Checked<Password> checked -> checked;
        };
    }

    private Checked<Password> tooShort() {
        return new Checked.Broken<>(Violation.tooShort(Password.FIELD, minLength));
    }

    /** It is a part of the name, or has, without the name and its reverse, less than half of the characters it must have. */
    private boolean isSimilar(Password password, Username name) {
        if (!refusesSimilar) {
            return false;
        }
        String folded = password.folded();
        String reverse = new StringBuilder(name.value()).reverse().toString();
        String rest = folded.replace(name.value(), "").replace(reverse, "");
        return name.value().contains(folded) || 2 * rest.codePointCount(0, rest.length()) < minLength;
    }
}
