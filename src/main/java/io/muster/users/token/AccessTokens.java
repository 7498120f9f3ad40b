package io.muster.users.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Signs access tokens, and verifies them: ES256 and the type {@code at+jwt} (RFC 9068) only. Thread-safe. */
public final class AccessTokens {

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    /** RFC 9068 asks for it; whoever logs in does so at this service's own door. */
    private static final String CLIENT_ID = "client_id";

    private static final String OWN_FRONT_DOOR = "muster";
    private static final String EPOCH = "epoch";
    private static final String ROLES = "roles";

    /** Bounds the work for what is no token. Ours have less than a quarter of it, with all the roles there may be. */
    private static final int MAXIMUM_CHARACTERS = 8192;

    private final TokenOptions options;
    private final InstantSource clock;
    private final KeyWrap wrap;

    public AccessTokens(TokenOptions options, InstantSource clock, KeyWrap wrap) {
        this.options = options;
        this.clock = clock;
        this.wrap = wrap;
    }

    /** A token of that user, as he is now. Throws {@link UnusableSigningKeyException} where the key is of no use here. */
    public AccessToken sign(User user, SigningKey key) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.id())
                .build();
        SignedJWT token = new SignedJWT(header, claims(user));
        try {
            token.sign(new ECDSASigner(SigningKeys.privateKey(key, wrap), Curve.P_256));
        } catch (JOSEException e) {
            throw new UnusableSigningKeyException(key.id(), "it does not sign");
        }
        return new AccessToken(token.serialize(), options.lifetime());
    }

    /** Throws {@link UnusableSigningKeyException} where this replica cannot sign with the key. */
    public void requireUsable(SigningKey key) {
        var _ = SigningKeys.privateKey(key, wrap);
    }

    private JWTClaimsSet claims(User user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new JWTClaimsSet.Builder()
                .issuer(options.issuer())
                .subject(user.id().toString())
                .audience(options.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(options.lifetime())))
                .jwtID(UUID.randomUUID().toString())
                .claim(CLIENT_ID, OWN_FRONT_DOOR)
                .claim(EPOCH, user.access().epoch())
                .claim(ROLES, user.access().roles())
                .build();
    }

    /**
     * What a token says, if it is one of ours and has not expired.
     *
     * @param keys those that tokens may be signed by
     */
    public Claims verify(String token, List<SigningKey> keys) throws InvalidAccessTokenException {
        SignedJWT jwt = parse(token);
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || !TYPE.equals(header.getType())) {
            throw new InvalidAccessTokenException("it is no access token of this service");
        }
        SigningKey key = keys.stream()
                .filter(known -> known.id().equals(header.getKeyID()))
                .findFirst()
                .orElseThrow(() -> new InvalidAccessTokenException("it is signed by no key of this service"));
        requireSignature(jwt, key);
        try {
            return claims(jwt.getJWTClaimsSet());
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidAccessTokenException("its claims are not those of this service");
        }
    }

    private static SignedJWT parse(String token) throws InvalidAccessTokenException {
        if (token.length() > MAXIMUM_CHARACTERS) {
            throw new InvalidAccessTokenException("it is too long");
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new InvalidAccessTokenException("it is no signed JWT");
        }
    }

    private static void requireSignature(SignedJWT jwt, SigningKey key) throws InvalidAccessTokenException {
        try {
            if (jwt.verify(new ECDSAVerifier(SigningKeys.publicKey(key)))) {
                return;
            }
        } catch (JOSEException e) {
            // As wrong as any other.
        }
        throw new InvalidAccessTokenException("its signature is wrong");
    }

    private Claims claims(JWTClaimsSet claims) throws ParseException, InvalidAccessTokenException {
        if (!options.issuer().equals(claims.getIssuer())
                || !claims.getAudience().contains(options.audience())) {
            throw new InvalidAccessTokenException("it is of another issuer, or for another audience");
        }
        Date expiry = claims.getExpirationTime();
        if (expiry == null || !clock.instant().isBefore(expiry.toInstant())) {
            throw new InvalidAccessTokenException("it has expired");
        }
        Long epoch = claims.getLongClaim(EPOCH);
        if (epoch == null || claims.getSubject() == null) {
            throw new InvalidAccessTokenException("a claim is missing");
        }
        return new Claims(UUID.fromString(claims.getSubject()), epoch);
    }
}
