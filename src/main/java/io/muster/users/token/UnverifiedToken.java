package io.muster.users.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.muster.users.store.SigningKey;
import java.util.List;

/** A token that nobody has vouched for yet. Not thread-safe. */
public final class UnverifiedToken {

    private final SignedJWT jwt;
    private final Claims claims;

    UnverifiedToken(SignedJWT jwt, Claims claims) {
        this.jwt = jwt;
        this.claims = claims;
    }

    /**
     * What it says, if one of these keys has signed it.
     *
     * @param keys those that tokens may be signed by
     */
    public Claims verify(List<SigningKey> keys) throws InvalidAccessTokenException {
        String keyId = jwt.getHeader().getKeyID();
        SigningKey key = keys.stream()
                .filter(known -> known.id().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new InvalidAccessTokenException("it is signed by no key of this service"));
        if (!isSignedBy(key)) {
            throw new InvalidAccessTokenException("its signature is wrong");
        }
        return claims;
    }

    private boolean isSignedBy(SigningKey key) {
        try {
            ECDSAVerifier verifier = new ECDSAVerifier(SigningKeys.publicKey(key));
            verifier.getJCAContext().setProvider(EcdsaProvider.INSTANCE);
            return jwt.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }
}
