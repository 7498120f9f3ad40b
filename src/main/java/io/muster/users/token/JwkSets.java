package io.muster.users.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.muster.users.store.SigningKey;
import java.util.List;

/** The public keys, for those who verify tokens themselves. */
public final class JwkSets {

    private JwkSets() {}

    /** A JWK Set (RFC 7517, section 5), as JSON. */
    public static String toJson(List<SigningKey> keys) {
        List<JWK> published = keys.stream().<JWK>map(SigningKeys::toJwk).toList();
        return new JWKSet(published).toString(true);
    }
}
