/**
 * What operators see of a replica: the health component {@code raft} and its meters.
 *
 * <p>Uses {@code node} and {@code storage}; used by {@code wiring} only.
 */
@NullMarked
package io.muster.ops;

import org.jspecify.annotations.NullMarked;
