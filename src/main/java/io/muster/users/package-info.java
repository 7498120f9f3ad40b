/**
 * The registry itself: rules for names and passwords, hashing, the commands in the log, their deterministic application,
 * and {@link io.muster.users.Registry}, which registers and logs in.
 *
 * <p>A password goes no further than the hashing here: commands, records and exceptions have no field for one.
 *
 * <p>May be used by {@code web}, {@code ops} and {@code wiring}; uses {@code users.store}, the ports of
 * {@code node}, and {@code raft}'s value types.
 */
@NullMarked
package io.muster.users;

import org.jspecify.annotations.NullMarked;
