package io.muster.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the servers of a cluster in turn; goes to the next when one cannot be reached or answers 5xx or 429, and round again
 * after a pause as long as any can be reached. What must not be done twice is not tried again once a server may have done it.
 * Safe for use by several threads.
 */
final class Failover {

    /** About the longest that a call takes. */
    static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(15);

    /** A server has answered a write by then, if only that it did nothing. A try that has less would end in doubt. */
    private static final Duration SHORTEST_TRY = Duration.ofMillis(4500);

    private static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);

    /** Reads an answer of success. */
    interface Reader<T> {

        /** Answers null, or throws {@link JacksonException}, where it is no such answer. */
        @Nullable
        T read(Http.Reply reply);
    }

    /** One try at one server. */
    interface Exchange {

        /**
         * What the server answered.
         *
         * @param timeout how long it may take
         */
        Http.Reply with(URI server, Duration timeout) throws IOException, InterruptedException;
    }

    private final Http http;
    private final List<URI> servers;
    private final Pace pace;

    Failover(Http http, List<URI> servers, Pace pace) {
        this.http = http;
        this.servers = List.copyOf(servers);
        this.pace = pace;
    }

    /** The same, where that server is asked when no other could. */
    Failover withLast(URI server) {
        List<URI> order = new ArrayList<>(servers);
        if (order.remove(server)) {
            order.add(server);
        }
        return new Failover(http, order, pace);
    }

    /**
     * Asks until one answers.
     *
     * @throws RefusedException when a server says no
     * @throws UnavailableException when none can say
     * @throws InterruptedException when the thread is interrupted
     */
    <T> T ask(Request request, Reader<T> reader) throws InterruptedException {
        return ask(request, (server, timeout) -> http.send(server, request, timeout), reader);
    }

    /** Likewise, by an exchange of its own. */
    <T> T ask(Request request, Exchange exchange, Reader<T> reader) throws InterruptedException {
        long deadlineNanos = pace.nanoTime() + TOTAL_TIMEOUT.toNanos();
        boolean mayHaveHappened = false;
        String reason = null;
        while (true) {
            List<Failed<T>> round = new ArrayList<>();
            for (URI server : servers) {
                Duration left = Duration.ofNanos(deadlineNanos - pace.nanoTime());
                if (reason != null && left.compareTo(SHORTEST_TRY) < 0) {
                    throw new UnavailableException(mayHaveHappened, reason);
                }
                switch (attempt(server, exchange, reader, clamp(left, SHORTEST_TRY, Http.REQUEST_TIMEOUT))) {
                    case Settled<T>(T answer) -> {
                        return answer;
                    }
                    case Refused<T>(RefusedException refused) -> throw refusal(refused, mayHaveHappened);
                    case Failed<T> failed -> {
                        mayHaveHappened |= failed.mayHaveHappened && request.effect() != Request.Effect.READ;
                        if (mayHaveHappened && request.effect() == Request.Effect.ONCE) {
                            throw new UnavailableException(true, failed.reason);
                        }
                        round.add(failed);
                        reason = failed.reason;
                    }
                }
            }
            Duration pause = pauseAfter(round);
            boolean nobodyThere = round.stream().noneMatch(Failed::reached);
            if (nobodyThere || pace.nanoTime() + pause.toNanos() >= deadlineNanos) {
                throw new UnavailableException(mayHaveHappened, nobodyThere ? reasons(round) : round.getLast().reason);
            }
            pace.pause(pause);
        }
    }

    /** Of all: no other server is left to look at. */
    private static <T> String reasons(List<Failed<T>> round) {
        return round.stream().map(Failed::reason).collect(Collectors.joining("; "));
    }

    /** What a try has done may have ended the very session that asks again. */
    private static MusterException refusal(RefusedException refused, boolean mayHaveHappened) {
        return mayHaveHappened && refused.status() == Http.UNAUTHORIZED
                ? new UnavailableException(true, "a try may have been applied, and another was refused as unauthorized")
                : refused;
    }

    private <T> Attempt<T> attempt(URI server, Exchange exchange, Reader<T> reader, Duration timeout)
            throws InterruptedException {
        try {
            return interpret(server, exchange.with(server, timeout), reader);
        } catch (RefusedException e) {
            return new Refused<>(e);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Failed<>(false, false, DEFAULT_PAUSE, server + " cannot be reached");
        } catch (IOException e) {
            return new Failed<>(true, true, DEFAULT_PAUSE, server + " gave no answer (" + e.getMessage() + ")");
        }
    }

    private static <T> Attempt<T> interpret(URI server, Http.Reply reply, Reader<T> reader) {
        throwIfRefused(reply);
        if (reply.isSuccess()) {
            T answer = read(reply, reader);
            return answer == null
                    ? new Failed<>(true, true, DEFAULT_PAUSE, server + " answered what is no answer of Muster")
                    : new Settled<>(answer);
        }
        boolean notApplied =
                reply.isRateLimited() || text(reply.body(), "outcome").equals("not-applied");
        String detail = text(reply.body(), "detail");
        return new Failed<>(
                true,
                !notApplied,
                reply.retryAfter().orElse(DEFAULT_PAUSE),
                server + " answered " + reply.status() + (detail.isEmpty() ? "" : ": " + detail));
    }

    private static <T> @Nullable T read(Http.Reply reply, Reader<T> reader) {
        try {
            return reader.read(reply);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void throwIfRefused(Http.Reply reply) {
        if (reply.isRefusal()) {
            throw refusal(reply);
        }
    }

    private static RefusedException refusal(Http.Reply reply) {
        List<String> reasons = new ArrayList<>();
        reasons.add(text(reply.body(), "title"));
        reasons.add(text(reply.body(), "detail"));
        reply.body().path("errors").forEach(error -> reasons.add(text(error, "detail")));
        reasons.removeIf(String::isEmpty);
        return new RefusedException(reply.status(), text(reply.body(), "code"), reasons);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static <T> Duration pauseAfter(List<Failed<T>> round) {
        Duration shortest =
                round.stream().map(Failed::pause).min(Comparator.naturalOrder()).orElse(DEFAULT_PAUSE);
        return clamp(shortest, MIN_PAUSE, MAX_PAUSE);
    }

    private static Duration clamp(Duration value, Duration min, Duration max) {
        return value.compareTo(min) < 0 ? min : value.compareTo(max) > 0 ? max : value;
    }

    private sealed interface Attempt<T> {}

    private record Settled<T>(T answer) implements Attempt<T> {}

    private record Refused<T>(RefusedException refusal) implements Attempt<T> {}

    private record Failed<T>(boolean reached, boolean mayHaveHappened, Duration pause, String reason)
            implements Attempt<T> {}
}
