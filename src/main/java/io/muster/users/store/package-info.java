/**
 * The state of the registry on disk, behind {@link io.muster.users.store.UserStore}: users by id and by name,
 * idempotency records, the last log entry in it, and a hash of all. With it come its snapshots, behind the port that {@code
 * node} declares.
 *
 * <p>A write is atomic and not durable; a flush makes all writes before it durable. What a crash takes away comes back by
 * replaying the Raft log. Every storage error is fatal and typed ({@link io.muster.users.store.UserStoreException}).
 *
 * <p>May be used by {@code users}, {@code ops} and {@code wiring}; uses the generated messages of users.proto, {@code
 * node}'s port for snapshots, {@code raft}'s value types and RocksDB.
 */
@NullMarked
package io.muster.users.store;

import org.jspecify.annotations.NullMarked;
