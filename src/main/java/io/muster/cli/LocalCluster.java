package io.muster.cli;

import io.muster.client.Http;
import io.muster.client.Pace;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Replicas that run as child processes of this one, until they end or are stopped. Reports each end. Safe for use by
 * several threads.
 */
final class LocalCluster {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final int GREEN = 32;

    private final Terminal terminal;
    private final Duration grace;
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /** @param grace how long a replica may take to stop */
    LocalCluster(Terminal terminal, Duration grace) {
        this.terminal = terminal;
        this.grace = grace;
    }

    /**
     * Starts one more, unless all are being stopped.
     *
     * @param name stands before every line that it prints
     * @param url where it will answer
     * @param command the program and its arguments
     */
    synchronized void start(String name, URI url, List<String> command) throws IOException {
        if (stopping) {
            return;
        }
        replicas.add(Replica.start(name, url, label(name), command, terminal, code -> report(name, code)));
    }

    /** Waits until every replica that lives is ready, or the time is over. Answers those that are ready. */
    List<Replica> awaitReady(Http http, Pace pace, Duration timeout) throws InterruptedException {
        long deadlineNanos = pace.nanoTime() + timeout.toNanos();
        while (true) {
            List<Replica> alive = replicas.stream().filter(Replica::isAlive).toList();
            List<Replica> ready = new ArrayList<>();
            for (Replica replica : alive) {
                if (isReady(http, replica.url())) {
                    ready.add(replica);
                }
            }
            if (ready.size() == alive.size() || pace.nanoTime() >= deadlineNanos) {
                return ready;
            }
            pace.pause(POLL);
        }
    }

    /** Returns when none is left. */
    void awaitEnd() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.awaitEnd();
        }
    }

    /** Asks all to stop, and ends those that take longer than the grace. Returns when none is left. */
    void stop() throws InterruptedException {
        terminate();
        long deadlineNanos = System.nanoTime() + grace.toNanos();
        for (Replica replica : replicas) {
            replica.endWithin(deadlineNanos - System.nanoTime());
        }
    }

    private synchronized void terminate() {
        stopping = true;
        replicas.forEach(Replica::terminate);
    }

    private static boolean isReady(Http http, URI url) throws InterruptedException {
        try {
            return http.get(url.resolve("/actuator/health/readiness")).isSuccess();
        } catch (IOException e) {
            return false;
        }
    }

    private void report(String name, int code) {
        if (!stopping) {
            terminal.err().println("muster: " + name + " ended with exit code " + code + "; the others go on");
        }
    }

    private String label(String name) {
        String label = name + " | ";
        return terminal.isInteractive() ? "\033[" + (GREEN + replicas.size()) + "m" + label + "\033[0m" : label;
    }
}
