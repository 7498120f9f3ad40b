package io.muster.users;

/** Argon2id, version 1.3 (RFC 9106). */
interface Argon2Function {

    /**
     * Computes a tag. Reads its inputs, and changes none of them; keeps no copy of password and secret.
     *
     * @param password 1 byte or more
     * @param salt 8 bytes or more
     * @param secret empty for none
     * @param tag to be filled, 4 bytes or more
     */
    void fill(byte[] tag, byte[] password, byte[] salt, byte[] secret, HashParameters parameters, int lanes);

    /** The fastest that this platform has, for one thread at a time; keeps memory for hashes of these parameters where it needs to. */
    static Argon2Function fastest(HashParameters parameters) {
        return NativeArgon2.isAvailable() ? NativeArgon2.INSTANCE : new JavaArgon2(parameters);
    }
}
