/**
 * The simulator: the production code of all replicas of a cluster, and its clients, in one thread from one seed. Time,
 * network, disks, threads and RocksDB are simulated, and fail as real ones do; the rest is what ships.
 *
 * <p>{@link io.muster.sim.Simulate} is its command line.
 */
@NullMarked
package io.muster.sim;

import org.jspecify.annotations.NullMarked;
