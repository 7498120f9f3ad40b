package io.muster.users;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** bcrypt by libxcrypt, the {@code libcrypt} of Linux distributions: at its full speed from the first hash. */
final class NativeBcrypt implements BcryptFunction {

    static final NativeBcrypt INSTANCE = new NativeBcrypt();

    private static final boolean AVAILABLE = NativeCode.works("libcrypt", INSTANCE::passesItsTest);

    /** {@code sizeof (struct crypt_data)} in crypt.h. */
    private static final int CRYPT_DATA_BYTES = 32_768;

    /** Version and cost, {@code $2b$10$}, and 16 bytes of salt. */
    private static final int SETTING_LENGTH = 29;

    private static final int HASH_LENGTH = 60;
    private static final int VERSION_LENGTH = 4;

    /** Of crypt.h. */
    interface Crypt extends Library {
        @Nullable
        Pointer crypt_rn(Pointer phrase, String setting, Pointer data, int size);

        @Nullable
        Pointer crypt_gensalt_rn(String prefix, NativeLong count, byte[] random, int randomBytes, byte[] out, int size);
    }

    private static final class Holder {
        static final Crypt CRYPT = Native.load("crypt", Crypt.class);
    }

    private NativeBcrypt() {}

    /** Whether this machine has it, and it computes what it should. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    /** The other implementation is a library of its own: with bytes above 127, and more than bcrypt takes. */
    private boolean passesItsTest() {
        byte[] password = "\u00e4".repeat(BcryptHash.MAXIMUM_PASSWORD_BYTES).getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[BcryptHash.SALT_BYTES];
        String expected = JavaBcrypt.INSTANCE.hash(password, salt, BcryptHash.MINIMUM_COST);
        return hash(password, salt, BcryptHash.MINIMUM_COST).equals(expected);
    }

    @Override
    public String hash(byte[] password, byte[] salt, int cost) {
        byte[] setting = new byte[SETTING_LENGTH + 1];
        if (Holder.CRYPT.crypt_gensalt_rn("$2b$", new NativeLong(cost), salt, salt.length, setting, setting.length)
                == null) {
            throw new IllegalStateException("libcrypt takes no salt for bcrypt");
        }
        return compute(password, Native.toString(setting, StandardCharsets.US_ASCII));
    }

    /** The three kinds name one algorithm here; what libxcrypt does about old mistakes under {@code $2a$} is not asked for. */
    @Override
    public boolean matches(String hash, byte[] password) {
        String computed = compute(password, "$2b$" + hash.substring(VERSION_LENGTH, SETTING_LENGTH));
        return MessageDigest.isEqual(ascii(computed.substring(VERSION_LENGTH)), ascii(hash.substring(VERSION_LENGTH)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String compute(byte[] password, String setting) {
        // With the NUL that ends a text of C; no password has one inside.
        byte[] phrase = Arrays.copyOf(password, Math.min(password.length, BcryptHash.MAXIMUM_PASSWORD_BYTES) + 1);
        phrase[phrase.length - 1] = 0;
        try (Memory nativePhrase = new WipedMemory(phrase);
                Memory data = new WipedMemory(new byte[CRYPT_DATA_BYTES])) {
            Pointer hash = Holder.CRYPT.crypt_rn(nativePhrase, setting, data, CRYPT_DATA_BYTES);
            String text = hash == null ? "" : hash.getString(0, StandardCharsets.US_ASCII.name());
            if (text.length() != HASH_LENGTH) {
                throw new IllegalStateException("libcrypt does not compute bcrypt");
            }
            return text;
        } finally {
            Arrays.fill(phrase, (byte) 0);
        }
    }
}
