package io.muster.users.store;

/**
 * A finished password hash. Never shows in {@link #toString}.
 *
 * @param phc the PHC string, such as {@code $argon2id$v=19$m=19456,t=2,p=1$...$...}
 */
public record PasswordHash(String phc) {

    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}
