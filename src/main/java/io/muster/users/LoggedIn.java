package io.muster.users;

import io.muster.users.token.AccessToken;
import io.muster.users.token.RefreshToken;
import java.util.Optional;
import java.util.UUID;

/**
 * A login that succeeded.
 *
 * @param username as stored, after case mapping
 * @param token opens the account to its bearer
 * @param refreshToken empty where the settings ask for none
 * @param index log index of the state that was read
 */
public record LoggedIn(UUID id, String username, AccessToken token, Optional<RefreshToken> refreshToken, long index) {}
