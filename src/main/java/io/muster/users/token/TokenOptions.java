package io.muster.users.token;

import java.time.Duration;

/**
 * Settings of access tokens and of the keys that sign them. The same on all replicas.
 *
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 * @param lifetime of a token, positive
 * @param rotation age at which a key is replaced, positive
 * @param publication how long a key is published before it signs: longer than {@code maxAge}
 * @param overlap how long a key is published after its successor has begun to sign: at least twice the lifetime
 * @param maxAge how long others may keep the published keys
 * @param replacesUnusableKeys whether a replica that cannot use the newest key makes another, which signs at once
 */
public record TokenOptions(
        String issuer,
        String audience,
        Duration lifetime,
        Duration rotation,
        Duration publication,
        Duration overlap,
        Duration maxAge,
        boolean replacesUnusableKeys) {

    public TokenOptions {
        if (publication.compareTo(maxAge) <= 0) {
            throw new IllegalArgumentException("a key is published for longer than its max-age before it signs");
        }
        if (overlap.compareTo(lifetime.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a key is published for two lifetimes of a token after it has signed");
        }
    }
}
