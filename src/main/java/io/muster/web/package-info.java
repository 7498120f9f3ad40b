/**
 * The REST front door: controllers, request and response records, and problem details (RFC 9457) for every error.
 *
 * <p>Uses {@code users} and {@code node}'s errors; used by {@code wiring} only.
 */
@NullMarked
package io.muster.web;

import org.jspecify.annotations.NullMarked;
