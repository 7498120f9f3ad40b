package io.muster.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./chaos} was asked for.
 *
 * @param length how long faults are planned for
 * @param faults which may happen
 * @param rate operations a second that clients try for
 * @param history where the history goes, as JSON lines; null for nowhere
 */
record ChaosOptions(
        Duration length,
        long seed,
        Set<FaultKind> faults,
        int rate,
        @Nullable Path history) {

    static final String USAGE = """
            usage: ./chaos --minutes M [--seed S] [--faults KIND,KIND,...] [--rate OPERATIONS_A_SECOND] [--history FILE]
            kinds: %s""".formatted(FaultKind.words());

    private static final int MAX_MINUTES = 24 * 60;
    private static final int MAX_RATE = 10_000;

    ChaosOptions {
        faults = Set.copyOf(faults);
    }

    /** @throws IllegalArgumentException with a text for the user, when it is no proper command line */
    static ChaosOptions parse(String... arguments) {
        Draft draft = new Draft();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " takes a value");
            }
            draft.take(arguments[i], arguments[i + 1]);
        }
        return draft.finish();
    }

    private static final class Draft {

        private @Nullable Duration length;
        private long seed = 1;
        private Set<FaultKind> faults = FaultKind.all();
        private int rate = 40;
        private @Nullable Path history;

        private void take(String option, String value) {
            switch (option) {
                case "--minutes" -> length = Duration.ofMinutes(number(option, value, MAX_MINUTES));
                case "--seed" -> seed = number(option, value, Integer.MAX_VALUE);
                case "--rate" -> rate = number(option, value, MAX_RATE);
                case "--faults" -> faults = kinds(value);
                case "--history" -> history = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }

        private ChaosOptions finish() {
            if (length == null) {
                throw new IllegalArgumentException("--minutes is missing");
            }
            return new ChaosOptions(length, seed, faults, rate, history);
        }
    }

    private static int number(String option, String value, int max) {
        if (value.matches("[0-9]{1,10}")) {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                return (int) number;
            }
        }
        throw new IllegalArgumentException(option + " takes a whole number from 1 to " + max);
    }

    private static Set<FaultKind> kinds(String words) {
        return Arrays.stream(words.split(",", -1))
                .map(ChaosOptions::kind)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static FaultKind kind(String word) {
        return FaultKind.of(word).orElseThrow(() -> new IllegalArgumentException("unknown fault '" + word + "'"));
    }
}
