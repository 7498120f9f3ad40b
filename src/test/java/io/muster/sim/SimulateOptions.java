package io.muster.sim;

/**
 * What the command line asks for.
 *
 * @param seeds how many at most, from {@code from} on
 * @param minutes no further seed is begun after so much time
 * @param events after how many a run ends without a verdict
 * @param trace whether all that happens is printed
 */
record SimulateOptions(long seeds, long from, double minutes, long events, boolean trace) {

    private static final long NOT_SAID = Long.MIN_VALUE;

    static final String USAGE = "usage: simulate [--seeds N] [--from SEED] [--minutes M] [--events E] [--trace]";

    /** @throws IllegalArgumentException where they make no sense; the message says why */
    static SimulateOptions parse(String... arguments) {
        long seeds = NOT_SAID;
        long from = 1;
        double minutes = Double.POSITIVE_INFINITY;
        long events = Long.MAX_VALUE;
        boolean trace = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--trace" -> trace = true;
                case "--seeds" -> seeds = Long.parseLong(value(arguments, ++i));
                case "--from" -> from = Long.parseLong(value(arguments, ++i));
                case "--minutes" -> minutes = Double.parseDouble(value(arguments, ++i));
                case "--events" -> events = Long.parseLong(value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (seeds == NOT_SAID) {
            seeds = minutes == Double.POSITIVE_INFINITY ? 100 : Long.MAX_VALUE - from;
        }
        if (seeds < 1 || minutes <= 0 || events < 1) {
            throw new IllegalArgumentException("seeds, minutes and events are positive");
        }
        return new SimulateOptions(seeds, from, minutes, events, trace);
    }

    private static String value(String[] arguments, int at) {
        if (at == arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    /** The limit of time, in nanoseconds. */
    double nanos() {
        return minutes * 60 * Simulation.SECOND;
    }
}
