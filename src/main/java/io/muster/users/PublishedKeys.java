package io.muster.users;

import java.time.Duration;

/**
 * The public keys that verify tokens.
 *
 * @param jwkSet as JSON (RFC 7517, section 5)
 * @param maxAge how long they may be kept
 * @param index log index of the state that was read
 */
public record PublishedKeys(String jwkSet, Duration maxAge, long index) {}
