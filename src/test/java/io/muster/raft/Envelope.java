package io.muster.raft;

/** A message on its way. */
record Envelope(NodeId from, NodeId to, Message message) {}
