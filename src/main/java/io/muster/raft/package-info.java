/**
 * The Raft algorithm as a pure state machine: {@code step(Input)} answers a list of effects, and performs none.
 *
 * <p>No clock, thread, I/O, randomness or framework: time and jitter arrive in {@link io.muster.raft.Input.Tick}, and
 * what must be durable before a message may leave is said in the effect. May be used by every package; uses {@code
 * java.*} only.
 *
 * <p>Sources: D. Ongaro and J. Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended Version)",
 * 2014 (cited as "paper"); D. Ongaro, "Consensus: Bridging Theory and Practice", 2014 (cited as "dissertation").
 */
@NullMarked
package io.muster.raft;

import org.jspecify.annotations.NullMarked;
