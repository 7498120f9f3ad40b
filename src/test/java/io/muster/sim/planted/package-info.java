/**
 * Bugs that real Raft implementations had, planted one at a time into a copy of the production code, and what catches each:
 * the simulator, by a seed, or a named test. The numbers are those of the table in docs/testing.md.
 *
 * <p>{@link io.muster.sim.planted.HuntPlantedBugs} is its command line.
 */
@NullMarked
package io.muster.sim.planted;

import org.jspecify.annotations.NullMarked;
