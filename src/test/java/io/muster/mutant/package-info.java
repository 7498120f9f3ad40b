/** The code of this project with changes in it, compiled in memory, for tests that need it to be another than it is. */
@NullMarked
package io.muster.mutant;

import org.jspecify.annotations.NullMarked;
