package io.muster.users;

/** bcrypt (Provos and Mazieres, 1999), of 72 bytes of a password at most. Implementations change no input, and keep no copy of a password. Thread-safe. */
interface BcryptFunction {

    /** A new hash, as {@code $2b$}. */
    String hash(byte[] password, byte[] salt, int cost);

    /** Whether a hash, of whichever kind, is of that password. */
    boolean matches(String hash, byte[] password);

    /** The fastest that this platform has. */
    static BcryptFunction fastest() {
        return NativeBcrypt.isAvailable() ? NativeBcrypt.INSTANCE : JavaBcrypt.INSTANCE;
    }
}
