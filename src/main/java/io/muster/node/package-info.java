/**
 * Runs one replica: the event loop around the pure {@code raft} core, its mailbox, the persist and apply workers, and
 * the futures of those who wait.
 *
 * <p>Declares the ports it needs ({@link io.muster.node.StateMachine}, {@link io.muster.node.Transport}, {@link
 * io.muster.node.Clock}). Uses {@code storage} and {@code raft}; may be used by {@code transport}, {@code users}, {@code
 * ops}, {@code web} and {@code wiring}.
 */
@NullMarked
package io.muster.node;

import org.jspecify.annotations.NullMarked;
