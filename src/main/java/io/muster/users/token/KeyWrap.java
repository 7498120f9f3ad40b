package io.muster.users.token;

import io.muster.raft.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Wraps private keys by AES-256-GCM under a key that is derived from a secret (HKDF-SHA256, RFC 5869). A wrapped key names the
 * secret by an id that is derived likewise, so that secrets can change: the first of them wraps, all of them unwrap.
 * Thread-safe.
 */
public final class KeyWrap {

    /** Fewest characters of a secret; {@code openssl rand -base64 32} makes 44. */
    public static final int MINIMUM_CHARACTERS = 32;

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + ID_BYTES + NONCE_BYTES;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final List<Wrapping> wrappings;
    private final SecureRandom random = new SecureRandom();

    private record Wrapping(Bytes id, SecretKey key) {}

    /** @param secrets one or more, each of {@link #MINIMUM_CHARACTERS} or more */
    public KeyWrap(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length() < MINIMUM_CHARACTERS)) {
            throw new IllegalArgumentException("a secret has at least " + MINIMUM_CHARACTERS + " characters");
        }
        this.wrappings = secrets.stream().map(KeyWrap::wrapping).toList();
    }

    private static Wrapping wrapping(String secret) {
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            HKDFParameterSpec.Extract extract = HKDFParameterSpec.ofExtract()
                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                    .extractOnly();
            SecretKey root = hkdf.deriveKey("HKDF", extract);
            byte[] id = hkdf.deriveData(HKDFParameterSpec.expandOnly(root, info("wrapping key id"), ID_BYTES));
            SecretKey key = hkdf.deriveKey("AES", HKDFParameterSpec.expandOnly(root, info("wrapping key"), KEY_BYTES));
            return new Wrapping(Bytes.copyOf(id), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has HKDF-SHA256", e);
        }
    }

    private static byte[] info(String purpose) {
        return ("muster " + purpose).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Wraps a private key.
     *
     * @param keyId is bound to it: under another id, it does not unwrap
     */
    Bytes wrap(String keyId, byte[] privateKey) {
        Wrapping wrapping = wrappings.getFirst();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, wrapping, nonce, keyId).doFinal(privateKey);
            return Bytes.copyOf(ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                    .put(VERSION)
                    .put(wrapping.id().toByteArray())
                    .put(nonce)
                    .put(sealed)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not encrypt", e);
        }
    }

    /** The private key of what {@link #wrap} made; refused with an {@link UnusableSigningKeyException} otherwise. */
    byte[] unwrap(String keyId, Bytes wrapped) {
        ByteBuffer buffer = ByteBuffer.wrap(wrapped.toByteArray());
        if (buffer.remaining() <= HEADER_BYTES || buffer.get() != VERSION) {
            throw new UnusableSigningKeyException(keyId, "it is wrapped in a way that this version does not know");
        }
        Bytes wrappingId = next(buffer, ID_BYTES);
        Bytes nonce = next(buffer, NONCE_BYTES);
        Wrapping wrapping = wrappings.stream()
                .filter(known -> known.id().equals(wrappingId))
                .findFirst()
                .orElseThrow(() -> new UnusableSigningKeyException(
                        keyId, "it was wrapped with another secret than those that this replica was given"));
        try {
            return cipher(Cipher.DECRYPT_MODE, wrapping, nonce.toByteArray(), keyId)
                    .doFinal(next(buffer, buffer.remaining()).toByteArray());
        } catch (GeneralSecurityException e) {
            throw new UnusableSigningKeyException(keyId, "it is not what was wrapped");
        }
    }

    private static Bytes next(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[count];
        buffer.get(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Cipher cipher(int mode, Wrapping wrapping, byte[] nonce, String keyId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, wrapping.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
