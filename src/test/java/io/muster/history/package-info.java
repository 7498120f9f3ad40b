/**
 * What clients saw, and whether one register for each user can explain it: histories of registrations and logins, and a
 * checker of linearizability. For the simulator, and for tests of real processes.
 */
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;
