/**
 * Puts a replica together: settings, beans, the order of start and stop, and the end of the process. The only place that
 * sees every package; used by {@link io.muster.MusterApplication} only.
 */
@NullMarked
package io.muster.wiring;

import org.jspecify.annotations.NullMarked;
