/**
 * What clients saw, and whether one account for each name can explain it: histories of what is done with accounts, and a
 * checker of linearizability. For the simulator, and for tests of real processes.
 */
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;
