package io.muster.users.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.users.TestTokens;
import io.muster.users.store.Access;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration LIFETIME = TestTokens.OPTIONS.lifetime();
    private static final User ALICE = new User(new UUID(1, 2), "alice", new PasswordHash("$hash"), 1)
            .withAccess(new Access(7, false, List.of("admin", "auditor")));

    private final KeyWrap wrap = TestTokens.wrap();
    private final SigningKey key = SigningKeys.generate(wrap, NOW, Duration.ZERO);
    private final AccessTokens tokens = at(NOW);

    private AccessTokens at(Instant time) {
        return new AccessTokens(TestTokens.OPTIONS, InstantSource.fixed(time), wrap);
    }

    private Claims verify(String token) throws InvalidAccessTokenException {
        return tokens.read(token).verify(List.of(key));
    }

    private static void refuses(AccessTokens tokens, String token, SigningKey... keys) {
        assertThatExceptionOfType(InvalidAccessTokenException.class)
                .isThrownBy(() -> tokens.read(token).verify(List.of(keys)))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("eyJ"));
    }

    @Test
    void saysWhatTheFieldExpects() throws ParseException {
        AccessToken token = tokens.sign(ALICE, key);
        SignedJWT jwt = SignedJWT.parse(token.value());

        assertThat(token.lifetime()).isEqualTo(LIFETIME);
        assertThat(token.toString()).doesNotContain(token.value());
        assertThat(jwt.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "typ", "kid")
                .containsEntry("alg", "ES256")
                .containsEntry("typ", "at+jwt")
                .containsEntry("kid", key.id());
        assertThat(jwt.getPayload().toJSONObject())
                .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti", "client_id", "epoch", "roles")
                .containsEntry("iss", "urn:muster:test")
                .containsEntry("sub", ALICE.id().toString())
                .containsEntry("aud", "muster")
                .containsEntry("iat", NOW.getEpochSecond())
                .containsEntry("exp", NOW.getEpochSecond() + LIFETIME.toSeconds())
                .containsEntry("epoch", 7L)
                .containsEntry("roles", List.of("admin", "auditor"));
    }

    @Test
    void givesEveryTokenAnIdOfItsOwn() throws ParseException {
        assertThat(SignedJWT.parse(tokens.sign(ALICE, key).value())
                        .getJWTClaimsSet()
                        .getJWTID())
                .isNotEqualTo(SignedJWT.parse(tokens.sign(ALICE, key).value())
                        .getJWTClaimsSet()
                        .getJWTID());
    }

    @Test
    void takesItsOwnTokensUntilTheyExpire() throws InvalidAccessTokenException {
        String token = tokens.sign(ALICE, key).value();
        Instant expiry = Instant.ofEpochSecond(NOW.getEpochSecond()).plus(LIFETIME);

        assertThat(verify(token)).isEqualTo(new Claims(ALICE.id(), 7));
        assertThat(at(expiry.minusMillis(1)).read(token).verify(List.of(key))).isEqualTo(new Claims(ALICE.id(), 7));
        refuses(at(expiry), token, key);
    }

    @Test
    void refusesTokensOfKeysThatAreNotValid() {
        SigningKey other = SigningKeys.generate(wrap, NOW, Duration.ZERO);
        SigningKey impostor = new SigningKey(key.id(), other.publicKey(), other.wrappedPrivateKey(), 1, 1);
        String token = tokens.sign(ALICE, key).value();

        refuses(tokens, token);
        refuses(tokens, token, other);
        refuses(tokens, token, impostor);
    }

    @Test
    void refusesOtherIssuersAudiencesTypesAndMissingClaims() throws Exception {
        assertThat(verify(signed(new JOSEObjectType("at+jwt"), claims -> claims)))
                .isEqualTo(new Claims(ALICE.id(), 7));

        refuses(tokens, signed(JOSEObjectType.JWT, claims -> claims), key);
        refuses(tokens, signed(null, claims -> claims), key);
        refuses(tokens, accessToken(claims -> claims.issuer("urn:muster:other")), key);
        refuses(tokens, accessToken(claims -> claims.issuer(null)), key);
        refuses(tokens, accessToken(claims -> claims.audience("other")), key);
        refuses(tokens, accessToken(claims -> claims.audience((String) null)), key);
        refuses(tokens, accessToken(claims -> claims.expirationTime(null)), key);
        refuses(tokens, accessToken(claims -> claims.subject(null)), key);
        refuses(tokens, accessToken(claims -> claims.subject("alice")), key);
        refuses(tokens, accessToken(claims -> claims.claim("epoch", null)), key);
        refuses(tokens, accessToken(claims -> claims.claim("epoch", "seven")), key);
    }

    private String accessToken(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(new JOSEObjectType("at+jwt"), change);
    }

    private String signed(@Nullable JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(type)
                .keyID(key.id())
                .build();
        return signed(header, change, new ECDSASigner(SigningKeys.privateKey(key, wrap), Curve.P_256));
    }

    private static String signed(JWSHeader header, UnaryOperator<JWTClaimsSet.Builder> change, JWSSigner signer)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, change.apply(claims()).build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("urn:muster:test")
                .audience("muster")
                .subject(ALICE.id().toString())
                .claim("epoch", 7)
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    /** RFC 8725, section 3.1: the public key of ES256 is no secret for HS256. */
    @Test
    void refusesOtherAlgorithms() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.id())
                .build();
        refuses(
                tokens,
                signed(header, claims -> claims, new MACSigner(key.publicKey().toByteArray())),
                key);
        refuses(tokens, new PlainJWT(claims().build()).serialize(), key);
    }

    private static String header(String json) {
        return Base64URL.encode(json) + ".e30.AA";
    }

    /** The same for headers and claims out of bytes that nobody wrote. */
    @Test
    void refusesHeadersAndClaimsThatNobodyWrote() {
        List<byte[]> seeds = List.of(
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k\",\"crit\":[\"b64\"],\"b64\":false}"
                        .getBytes(StandardCharsets.UTF_8),
                "{\"iss\":\"urn:muster:test\",\"aud\":[\"muster\",1],\"sub\":null,\"exp\":1e999,\"epoch\":-1}"
                        .getBytes(StandardCharsets.UTF_8),
                "null[]{}\"x\":1e9".getBytes(StandardCharsets.UTF_8));
        Rounds.run("AccessTokens, JSON", 5_000, random -> {
            Base64URL header = Base64URL.encode(new Mutations(random, seeds).next());
            Base64URL claims = Base64URL.encode(new Mutations(random, seeds).next());
            refuses(tokens, header + "." + claims + ".AA", key);
            return false;
        });
    }

    @Test
    void refusesWhatIsNoToken() {
        refuses(tokens, "", key);
        refuses(tokens, "...", key);
        refuses(tokens, "e30.e30.e30", key);
        // Headers of which the parser makes a NullPointerException: null, and an RSA key without its primes.
        refuses(tokens, "bnVsbA.e30.AA", key);
        refuses(
                tokens,
                header("{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AA\",\"e\":\"AQAB\",\"oth\":[{}]}}"),
                key);
        refuses(tokens, tokens.sign(ALICE, key).value() + "x".repeat(10_000), key);
    }

    /** Base64 has more than one text for some bytes, but what a token says cannot change. */
    @Test
    void refusesATokenThatSaysSomethingElse() {
        String token = tokens.sign(ALICE, key).value();
        List<byte[]> seeds = List.of(token.getBytes(StandardCharsets.US_ASCII));
        Rounds.run("AccessTokens", 5_000, random -> {
            String changed = new String(new Mutations(random, seeds).next(), StandardCharsets.ISO_8859_1);
            try {
                assertThat(verify(changed)).isEqualTo(new Claims(ALICE.id(), 7));
                return true;
            } catch (InvalidAccessTokenException refused) {
                return false;
            }
        });
    }

    @Test
    void saysWhichKeyItCannotUse() {
        AccessTokens withoutSecret = new AccessTokens(
                TestTokens.OPTIONS,
                InstantSource.fixed(NOW),
                new KeyWrap(List.of("another secret, which is long enough")));

        assertThatExceptionOfType(UnusableSigningKeyException.class)
                .isThrownBy(() -> withoutSecret.sign(ALICE, key))
                .withMessageContaining(key.id());
    }
}
