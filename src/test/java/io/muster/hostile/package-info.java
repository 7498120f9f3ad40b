/**
 * Generated, seeded bytes that nobody meant, for the tests of every decoder: {@link io.muster.hostile.Mutations} makes them,
 * {@link io.muster.hostile.Decoder} judges what becomes of them, {@link io.muster.hostile.Rounds} counts. The tests stand in
 * the packages of the decoders, and are named {@code Hostile...Test}.
 */
@NullMarked
package io.muster.hostile;

import org.jspecify.annotations.NullMarked;
