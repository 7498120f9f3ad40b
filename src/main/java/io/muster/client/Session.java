package io.muster.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user may do once he has logged in, until his token expires or his sessions end; then calls are refused as
 * {@code invalid-token}. They throw as {@link MusterClient} says. Safe for use by several threads.
 */
public final class Session {

    private record PasswordChange(
            String current, @JsonProperty("new") String replacement) {
        @Override
        public String toString() {
            return "PasswordChange[redacted]";
        }
    }

    private record Confirmation(String password) {
        @Override
        public String toString() {
            return "Confirmation[redacted]";
        }
    }

    private final Calls calls;
    private final UUID userId;
    private final String username;
    private final String accessToken;
    private final Duration lifetime;
    private final Optional<String> refreshToken;

    Session(
            Calls calls,
            UUID userId,
            String username,
            String accessToken,
            Duration lifetime,
            Optional<String> refreshToken) {
        this.calls = calls;
        this.userId = userId;
        this.username = username;
        this.accessToken = accessToken;
        this.lifetime = lifetime;
        this.refreshToken = refreshToken;
    }

    public UUID userId() {
        return userId;
    }

    public String username() {
        return username;
    }

    /** The token, a secret: for the header {@code Authorization: Bearer} of other services. */
    public String accessToken() {
        return accessToken;
    }

    /** For how long the token is good, from the login on. */
    public Duration lifetime() {
        return lifetime;
    }

    /** A secret, good once for {@link MusterClient#refresh}; empty unless the cluster's settings have refresh tokens. */
    public Optional<String> refreshToken() {
        return refreshToken;
    }

    /** The user as the cluster knows him at this moment. */
    public OwnAccount account() throws InterruptedException {
        return calls.get("/users/me", OwnAccount.class);
    }

    /** Changes the password, and ends all sessions, this one too. */
    public void changePassword(String current, String replacement) throws InterruptedException {
        calls.send("POST", "/users/me/password", new PasswordChange(current, replacement));
    }

    /** Ends all sessions of the user, this one too. */
    public void logout() throws InterruptedException {
        calls.send("POST", "/users/me/logout", null);
    }

    /** Deletes the user. */
    public void delete(String password) throws InterruptedException {
        calls.send("DELETE", "/users/me", new Confirmation(password));
    }

    /** What he may do as an administrator; the calls are refused as {@code forbidden} if he is none. */
    public UserAdministration administration() {
        return new UserAdministration(calls);
    }

    @Override
    public String toString() {
        return "Session[" + userId + "]";
    }
}
