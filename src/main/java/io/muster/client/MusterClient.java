package io.muster.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A client of one cluster. Each call asks the servers in turn and goes to the next when one cannot be reached, is overloaded or
 * has no majority, for about 15 s. What might take effect twice is not tried again after an outcome that nobody knows;
 * registrations carry one {@code Idempotency-Key} over all tries, so they are.
 *
 * <p>Calls throw {@link RefusedException} when a server says no, {@link UnavailableException} when none can say, and
 * {@link InterruptedException}. No message and no {@code toString} holds a password or a token. Safe for use by several
 * threads.
 */
public final class MusterClient implements AutoCloseable {

    private record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[redacted]";
        }
    }

    private record Reset(
            String username,
            String code,
            @JsonProperty("new") String replacement) {
        @Override
        public String toString() {
            return "Reset[redacted]";
        }
    }

    private record Refresh(@JsonProperty("refresh_token") String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[redacted]";
        }
    }

    record LoggedInUser(UUID id, String username) {
        LoggedInUser {
            Objects.requireNonNull(id);
            Objects.requireNonNull(username);
        }
    }

    record LoggedIn(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("refresh_token") Optional<String> refreshToken,
            LoggedInUser user) {
        LoggedIn {
            Objects.requireNonNull(accessToken);
            Objects.requireNonNull(user);
        }

        @Override
        public String toString() {
            return "LoggedIn[redacted]";
        }
    }

    private final Http http = new Http();
    private final Calls calls;

    /** A client of servers by their base addresses, such as {@code http://127.0.0.1:8081}, asked in this order; at least one. */
    public MusterClient(List<URI> servers) {
        this(servers, Pace.SYSTEM);
    }

    MusterClient(List<URI> servers, Pace pace) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a client needs the address of at least one server");
        }
        this.calls = new Calls(http, servers, pace);
    }

    /** Registers a user; refused as {@code username-taken} or {@code policy-violation}, among others. */
    public RegisteredUser register(String username, String password) throws InterruptedException {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return calls.send(
                calls.json(
                        "POST", "/users/register", new Credentials(username, password), Request.Effect.IDEMPOTENT, key),
                RegisteredUser.class);
    }

    /** Logs in; refused as {@code invalid-credentials}. */
    public Session login(String username, String password) throws InterruptedException {
        return session(calls.send(
                "POST", "/users/login", new Credentials(username, password), Request.Effect.READ, LoggedIn.class));
    }

    /**
     * Another session of the same login, by a refresh token; refused as {@code invalid-token}. The old refresh token is used up: it is
     * good for half a minute longer, which covers the tries of this call.
     */
    public Session refresh(String refreshToken) throws InterruptedException {
        return session(calls.send(
                "POST", "/tokens/refresh", new Refresh(refreshToken), Request.Effect.IDEMPOTENT, LoggedIn.class));
    }

    /** Ends the session that a refresh token is of, if it goes on still. Access tokens of it live until they expire. */
    public void revoke(String refreshToken) throws InterruptedException {
        calls.repeat("POST", "/tokens/revoke", new Refresh(refreshToken));
    }

    private Session session(LoggedIn user) {
        return new Session(
                calls.with(user.accessToken),
                user.user.id,
                user.user.username,
                user.accessToken,
                Duration.ofSeconds(user.expiresIn),
                user.refreshToken);
    }

    /** Sets a password by a code that an administrator has given, which is good once; refused as {@code invalid-credentials}. */
    public void resetPassword(String username, String code, String replacement) throws InterruptedException {
        calls.send("POST", "/users/reset", new Reset(username, code, replacement));
    }

    @Override
    public void close() {
        http.close();
    }
}
