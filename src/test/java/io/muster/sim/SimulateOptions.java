package io.muster.sim;

/**
 * What the command line asks for.
 *
 * @param seeds how many, from {@code from} on
 * @param minutes how long faults go on in each, in virtual time
 * @param events after how many a run ends without a verdict
 * @param trace whether all that happens is printed
 */
record SimulateOptions(long seeds, long from, double minutes, long events, boolean trace) {

    static final String USAGE = "usage: simulate [--seeds N] [--from SEED] [--minutes M] [--events E] [--trace]";

    /** @throws IllegalArgumentException where they make no sense; the message says why */
    static SimulateOptions parse(String... arguments) {
        long seeds = 100;
        long from = 1;
        double minutes = 1.5;
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

    long nanos() {
        return (long) (minutes * 60 * Simulation.SECOND);
    }
}
