/**
 * Faults on real processes: three servers of the packaged product under a load, faults by a seed, and at the end the truth. Run by
 * {@code ./chaos}; see docs/testing.md. Sees a replica as its users, its network and its operating system do, and uses no
 * package of the product.
 */
@NullMarked
package io.muster.chaos;

import org.jspecify.annotations.NullMarked;
