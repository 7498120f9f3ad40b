package io.muster.it;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Registers users on every replica in turn, each name once, until it is closed; keeps what was acknowledged. */
final class RegisterLoad implements AutoCloseable {

    private static final int FEW_WRITERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<FrontDoor> doors;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended;
    private volatile boolean closed;

    RegisterLoad(List<FrontDoor> doors, String name) {
        this(doors, name, FEW_WRITERS);
    }

    /** @param writers how many registers are under way at a time */
    RegisterLoad(List<FrontDoor> doors, String name, int writers) {
        this.doors = doors;
        this.ended = new CountDownLatch(writers);
        for (int writer = 0; writer < writers; writer++) {
            String prefix = name + "-" + writer + "-";
            var _ = Thread.ofVirtual().start(() -> write(prefix));
        }
    }

    private void write(String prefix) {
        for (int i = 0; !closed; i++) {
            register(doors.get(i % doors.size()), prefix + i);
        }
        ended.countDown();
    }

    private void register(FrontDoor door, String name) {
        try {
            Answer answer = door.register(name);
            if (answer.status() == 201) {
                acknowledged.add(name);
            } else if (answer.status() != 503) {
                surprises.add(answer.toString());
            }
        } catch (UncheckedIOException e) {
            // Nobody is there, or it died in between: not acknowledged.
        }
    }

    /** Waits until so many more are acknowledged. */
    void awaitMore(int count) {
        int goal = acknowledged.size() + count;
        await().atMost(PATIENCE).until(() -> acknowledged.size() >= goal);
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Answers that are neither a success nor a 503. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("a writer got no answer");
        }
    }
}
