package io.muster.users;

import com.sun.jna.Memory;
import de.mkammerer.argon2.jna.Argon2Library;
import de.mkammerer.argon2.jna.Argon2_context;
import de.mkammerer.argon2.jna.Argon2_version;
import de.mkammerer.argon2.jna.JnaUint32;
import io.muster.node.ConsensusException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Argon2id by libargon2, the reference implementation in C: a third faster than Java, and at its full speed from the first hash. Where a
 * hash's memory cannot be had, {@link ConsensusException.Overloaded} says so. Thread-safe.
 */
final class NativeArgon2 implements Argon2Function {

    static final NativeArgon2 INSTANCE = new NativeArgon2();

    /** Of argon2.h. */
    private static final int MEMORY_ALLOCATION_ERROR = -22;

    private static final boolean AVAILABLE = NativeCode.works("libargon2", INSTANCE::passesItsTest);

    private NativeArgon2() {}

    /** Whether there is code for this platform, and it computes what it should. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    /** A vector of phc-winner-argon2, src/test.c. */
    private boolean passesItsTest() {
        byte[] tag = new byte[32];
        fill(tag, ascii("password"), ascii("somesalt"), new byte[0], new HashParameters(256, 2), 1);
        return HexFormat.of().formatHex(tag).equals("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void fill(byte[] tag, byte[] password, byte[] salt, byte[] secret, HashParameters parameters, int lanes) {
        try (Memory nativeTag = new WipedMemory(tag);
                Memory nativePassword = new WipedMemory(password);
                Memory nativeSalt = new WipedMemory(salt);
                Memory nativeSecret = secret.length == 0 ? null : new WipedMemory(secret)) {
            Argon2_context.ByReference context = new Argon2_context.ByReference();
            context.out = nativeTag;
            context.outlen = new JnaUint32(tag.length);
            context.pwd = nativePassword;
            context.pwdlen = new JnaUint32(password.length);
            context.salt = nativeSalt;
            context.saltlen = new JnaUint32(salt.length);
            context.secret = nativeSecret;
            context.secretlen = new JnaUint32(secret.length);
            context.m_cost = new JnaUint32(parameters.memoryKib());
            context.t_cost = new JnaUint32(parameters.iterations());
            context.lanes = new JnaUint32(lanes);
            // More would hash beside the threads that are meant for it.
            context.threads = new JnaUint32(1);
            context.version = new Argon2_version();
            check(Argon2Library.INSTANCE.argon2id_ctx(context));
            nativeTag.read(0, tag, 0, tag.length);
        }
    }

    private static void check(int result) {
        if (result == MEMORY_ALLOCATION_ERROR) {
            throw new ConsensusException.Overloaded("there is no memory to hash a password in");
        }
        if (result != Argon2Library.ARGON2_OK) {
            throw new IllegalStateException(
                    "libargon2 failed: " + Argon2Library.INSTANCE.argon2_error_message(result) + " (" + result + ")");
        }
    }
}
