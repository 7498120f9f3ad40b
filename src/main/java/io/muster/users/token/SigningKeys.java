package io.muster.users.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import io.muster.raft.Bytes;
import io.muster.users.store.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes keys that sign tokens (P-256, RFC 7518 section 3.4), and tells which of several does what. */
public final class SigningKeys {

    private static final String ALGORITHM = "EC";

    private SigningKeys() {}

    /**
     * A fresh key.
     *
     * @param publication how long it is only published
     */
    public static SigningKey generate(KeyWrap wrap, Instant now, Duration publication) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
            String id = new ECKey.Builder(Curve.P_256, publicKey)
                    .build()
                    .computeThumbprint()
                    .toString();
            return new SigningKey(
                    id,
                    Bytes.copyOf(publicKey.getEncoded()),
                    wrapped(wrap, id, pair.getPrivate()),
                    now.toEpochMilli(),
                    now.plus(publication).toEpochMilli());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("every Java platform of this version has P-256", e);
        }
    }

    private static Bytes wrapped(KeyWrap wrap, String id, PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        try {
            return wrap.wrap(id, pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * The key that signs now: the newest whose time has come, or the first, where a clock is behind; null where there is none.
     *
     * @param keys the newest last
     */
    public static @Nullable SigningKey signer(List<SigningKey> keys, Instant now) {
        return keys.reversed().stream()
                .filter(key -> key.signsFromMillis() <= now.toEpochMilli())
                .findFirst()
                .orElse(keys.isEmpty() ? null : keys.getFirst());
    }

    /**
     * The keys that tokens may be signed by: all but those whose successor has signed for the overlap.
     *
     * @param keys the newest last
     */
    public static List<SigningKey> valid(List<SigningKey> keys, Instant now, Duration overlap) {
        List<SigningKey> valid = new ArrayList<>();
        boolean replaced = false;
        for (SigningKey key : keys.reversed()) {
            if (!replaced) {
                valid.addFirst(key);
            }
            replaced |= key.signsFromMillis() + overlap.toMillis() <= now.toEpochMilli();
        }
        return List.copyOf(valid);
    }

    /** Throws an {@link IllegalArgumentException} for what is no key of P-256 under its own thumbprint. */
    public static void require(SigningKey key) {
        try {
            ECKey jwk = toJwk(key);
            if (jwk.computeThumbprint().toString().equals(key.id())) {
                return;
            }
        } catch (JOSEException | RuntimeException e) {
            // As wrong as another id.
        }
        throw new IllegalArgumentException("the command's signing key is none of P-256 under its own id");
    }

    /** The public part, as others get it (RFC 7517). */
    static ECKey toJwk(SigningKey key) {
        return new ECKey.Builder(Curve.P_256, publicKey(key))
                .keyID(key.id())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    static ECPublicKey publicKey(SigningKey key) {
        try {
            return (ECPublicKey) KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(key.publicKey().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new UnusableSigningKeyException(key.id(), "its public part cannot be read");
        }
    }

    static PrivateKey privateKey(SigningKey key, KeyWrap wrap) {
        byte[] pkcs8 = wrap.unwrap(key.id(), key.wrappedPrivateKey());
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new UnusableSigningKeyException(key.id(), "its private part cannot be read");
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
