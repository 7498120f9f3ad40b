package io.muster.users;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** bcrypt by BouncyCastle. */
final class JavaBcrypt implements BcryptFunction {

    static final JavaBcrypt INSTANCE = new JavaBcrypt();

    private JavaBcrypt() {}

    @Override
    public String hash(byte[] password, byte[] salt, int cost) {
        return OpenBSDBCrypt.generate("2b", password, salt, cost);
    }

    @Override
    public boolean matches(String hash, byte[] password) {
        return OpenBSDBCrypt.checkPassword(hash, password);
    }
}
