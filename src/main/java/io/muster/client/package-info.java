/**
 * A client of Muster for Java: {@link io.muster.client.MusterClient}, typed, for any number of servers of one cluster. It asks
 * each server in turn, and tries again what can take effect once only. Uses Jackson and {@code java.*}; of Muster nothing.
 */
@NullMarked
package io.muster.client;

import org.jspecify.annotations.NullMarked;
