package io.muster.users.token;

import java.util.UUID;

/**
 * What a valid token says of its user. Whether the user still is so is not known from it.
 *
 * @param userId the claim {@code sub}
 * @param epoch the user's when the token was signed
 */
public record Claims(UUID userId, long epoch) {}
