/**
 * The peer port over gRPC: what a replica says to its peers, and how theirs reaches it. Messages are those of {@code
 * raft.proto}.
 *
 * <p>Uses {@code node} and {@code raft}; used by {@code wiring} only. Entries and forwarded commands travel on one
 * connection to a peer, heartbeats, votes and read points on another, so that bulk never delays them.
 */
@NullMarked
package io.muster.transport;

import org.jspecify.annotations.NullMarked;
