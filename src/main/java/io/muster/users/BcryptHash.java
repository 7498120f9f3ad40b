package io.muster.users;

import io.muster.users.store.PasswordHash;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A bcrypt hash, of the kinds that OpenBSD, PHP and Spring write. bcrypt takes 72 bytes of a password: what a longer one was hashed
 * with elsewhere verifies here by as many, and is hashed anew, as a whole, at the next login.
 *
 * @param text as in {@code $2b$10$...}
 */
record BcryptHash(String text) implements StoredHash {

    /** How many bytes of a password bcrypt takes. */
    static final int MAXIMUM_PASSWORD_BYTES = 72;

    static final int MINIMUM_COST = 4;
    static final int MAXIMUM_COST = 16;
    static final int SALT_BYTES = 16;

    private static final Pattern TEXT = Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");
    private static final BcryptFunction FUNCTION = BcryptFunction.fastest();

    static boolean isOne(PasswordHash hash) {
        return hash.phc().startsWith("$2");
    }

    /** As {@link StoredHash#parse}. */
    static BcryptHash parse(PasswordHash hash) {
        if (!TEXT.matcher(hash.phc()).matches()) {
            throw new IllegalArgumentException(
                    "not a bcrypt hash of cost " + MINIMUM_COST + " to " + MAXIMUM_COST + " as 2a, 2b or 2y");
        }
        return new BcryptHash(hash.phc());
    }

    static BcryptHash of(Password password, int cost, byte[] salt) {
        byte[] utf8 = password.toUtf8();
        try {
            return new BcryptHash(FUNCTION.hash(utf8, salt, cost));
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    int cost() {
        return Integer.parseInt(text, 4, 6, 10);
    }

    @Override
    public boolean matches(Argon2 argon2, Password password) {
        byte[] utf8 = password.toUtf8();
        try {
            return FUNCTION.matches(text, utf8);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    @Override
    public PasswordHash encode() {
        return new PasswordHash(text);
    }

    @Override
    public String toString() {
        return "BcryptHash[redacted]";
    }
}
