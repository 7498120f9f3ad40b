package io.muster.users.store;

/**
 * An idempotency record: what a registration with a request key did.
 *
 * @param user the user as registered then
 */
public record Request(RequestStamp stamp, User user) {}
