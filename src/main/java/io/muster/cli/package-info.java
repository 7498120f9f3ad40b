/**
 * The command line: {@code cluster}, {@code node}, {@code register}, {@code login}, {@code import}, {@code
 * export} and {@code status}.
 *
 * <p>Speaks to servers by REST only, as any client would, and starts replicas as processes of their own. Uses picocli,
 * Jackson and {@code java.*}; of Muster its client. Entered through {@link io.muster.cli.Cli}, by {@code
 * MusterApplication} alone.
 */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
