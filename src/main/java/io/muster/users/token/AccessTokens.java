package io.muster.users.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
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
            ECDSASigner signer = new ECDSASigner(SigningKeys.privateKey(key, wrap), Curve.P_256);
            signer.getJCAContext().setProvider(EcdsaProvider.INSTANCE);
            token.sign(signer);
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
     * A token that looks like one of ours and has not expired; its signature is still to be verified. Asks for no key, so that what
     * is no token costs nothing more.
     */
    public UnverifiedToken read(String token) throws InvalidAccessTokenException {
        SignedJWT jwt = parse(token);
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || !TYPE.equals(header.getType())) {
            throw new InvalidAccessTokenException("it is no access token of this service");
        }
        try {
            return new UnverifiedToken(jwt, claims(jwt.getJWTClaimsSet()));
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
        } catch (ParseException | RuntimeException e) {
            // Of some headers, such as null, the parser makes a NullPointerException.
            throw new InvalidAccessTokenException("it is no signed JWT");
        }
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
