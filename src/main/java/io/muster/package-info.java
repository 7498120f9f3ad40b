/** The application itself. Sees {@code cli} and {@code wiring}; used by nothing. */
@NullMarked
package io.muster;

import org.jspecify.annotations.NullMarked;
