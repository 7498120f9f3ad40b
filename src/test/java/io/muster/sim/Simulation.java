package io.muster.sim;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Virtual time: what is to happen, in order. One seed decides everything. */
final class Simulation {

    static final long MICROSECOND = 1_000;
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private record Event(long atNanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(number, other.number);
        }
    }

    private final long seed;
    private final Trace trace;
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;
    private long events;
    private @Nullable SimulationFailure failure;

    Simulation(long seed, Trace trace) {
        this.seed = seed;
        this.trace = trace;
    }

    /** Random numbers for one purpose, so that more draws for one leave the others as they are. */
    RandomGenerator random(String purpose) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
    }

    long nowNanos() {
        return nowNanos;
    }

    /** How many events have happened. */
    long events() {
        return events;
    }

    Trace trace() {
        return trace;
    }

    /** Prints what happens, where a trace is wanted. */
    void say(Supplier<String> line) {
        trace.say(nowNanos, line);
    }

    void at(long nanos, Runnable task) {
        queue.add(new Event(Math.max(nanos, nowNanos), ++scheduled, task));
    }

    void after(long nanos, Runnable task) {
        at(nowNanos + nanos, task);
    }

    /** Lets the next event happen; false where none is left, or something failed. */
    boolean runNext() {
        Event event = queue.poll();
        if (event == null || failure != null) {
            return false;
        }
        nowNanos = event.atNanos();
        events++;
        trace.note(nowNanos);
        try {
            event.task().run();
        } catch (SimulationFailure e) {
            note(e);
        }
        return failure == null;
    }

    private void note(SimulationFailure found) {
        if (failure == null) {
            failure = found;
        }
    }

    /** Ends the run: the first failure counts, also where production code catches what is thrown here. */
    SimulationFailure fail(String invariant, String message) {
        SimulationFailure found = new SimulationFailure(invariant, message);
        note(found);
        throw found;
    }

    void require(boolean holds, String invariant, Supplier<String> message) {
        if (!holds) {
            throw fail(invariant, message.get());
        }
    }

    @Nullable
    SimulationFailure failure() {
        return failure;
    }
}
