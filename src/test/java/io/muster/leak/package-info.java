/**
 * Finds secrets where none may be: in bytes of any kind, whatever form the secret has there, and in the heap of a process. Knows
 * nothing of the product.
 */
@NullMarked
package io.muster.leak;

import org.jspecify.annotations.NullMarked;
