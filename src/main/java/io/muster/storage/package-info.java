/**
 * What one replica keeps on disk for Raft: the log, the vote and the identity, all through the {@link
 * io.muster.storage.Disk} port.
 *
 * <p>Every write or sync error is fatal and typed ({@link io.muster.storage.StorageException}); nothing is retried. Uses
 * {@code raft}'s value types; may be used by {@code node} and {@code wiring}.
 */
@NullMarked
package io.muster.storage;

import org.jspecify.annotations.NullMarked;
