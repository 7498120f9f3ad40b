package io.muster.web;

import io.muster.users.Accounts;
import io.muster.users.Administrator;
import io.muster.users.LoggedIn;
import io.muster.users.Registered;
import io.muster.users.Registry;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What needs no token: register, login, and a password by a reset code, on any replica. Thread-safe; blocks its (virtual) thread. */
@RestController
@RequestMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
public final class UsersController {

    /** A user as a login tells of him. */
    record LoggedInUser(UUID id, String username) {}

    /** The answer to a registration. */
    record RegisteredBody(UUID id, String username, Instant createdAt) {}

    /** The answer to a login, with the names of RFC 6749, section 5.1. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record LoggedInBody(String accessToken, String tokenType, long expiresIn, LoggedInUser user) {
        @Override
        public String toString() {
            return "LoggedInBody[redacted]";
        }
    }

    /** Where logins go: a read, though it is a POST. */
    static final String LOGIN = "/users/login";

    private final Registry registry;
    private final Accounts accounts;

    public UsersController(Registry registry, Accounts accounts) {
        this.registry = registry;
        this.accounts = accounts;
    }

    @PostMapping("/register")
    ResponseEntity<RegisteredBody> register(
            Optional<Administrator> administrator,
            @RequestBody CredentialsRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        CredentialsRequest.Complete sent = request.checked();
        String key = IdempotencyKey.unquoted(idempotencyKey);
        Registered user = administrator
                .map(known -> registry.register(known, sent.username(), sent.password(), key))
                .orElseGet(() -> registry.register(sent.username(), sent.password(), key));
        ResponseEntity.BodyBuilder response = ResponseEntity.created(URI.create("/users/" + user.id()))
                .header(RaftHeaders.INDEX, Long.toString(user.index()));
        if (user.replayed()) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return response.body(new RegisteredBody(user.id(), user.username(), user.createdAt()));
    }

    @PostMapping("/reset")
    ResponseEntity<Void> reset(@RequestBody ResetRequest request) {
        ResetRequest.Complete sent = request.checked();
        long index = accounts.resetPassword(sent.username(), sent.code(), sent.replacement());
        return ResponseEntity.noContent()
                .header(RaftHeaders.INDEX, Long.toString(index))
                .build();
    }

    @PostMapping("/login")
    ResponseEntity<LoggedInBody> login(@RequestBody CredentialsRequest request) {
        CredentialsRequest.Complete sent = request.checked();
        LoggedIn user = registry.login(sent.username(), sent.password());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(user.index()))
                .body(new LoggedInBody(
                        user.token().value(),
                        "Bearer",
                        user.token().lifetime().toSeconds(),
                        new LoggedInUser(user.id(), user.username())));
    }
}
