/**
 * Access tokens: JWTs (RFC 7519, RFC 9068) signed by ES256, the keys that sign them, and the secret that these are wrapped
 * with. Pure functions of keys, users and time: which keys there are is the state's.
 *
 * <p>May be used by {@code users}, {@code web} and {@code wiring}; uses {@code users.store}'s records, {@code raft}'s value
 * types and Nimbus JOSE+JWT.
 */
@NullMarked
package io.muster.users.token;

import org.jspecify.annotations.NullMarked;
