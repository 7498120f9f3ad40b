package io.muster.web;

import io.muster.users.Accounts;
import io.muster.users.Administrator;
import io.muster.users.Registered;
import io.muster.users.Registry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who needs no session: register, and a password by a reset code, on any replica. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Users", description = "Register, log in, go on")
@RestController
@RequestMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
public final class UsersController {

    /** The answer to a registration. */
    @Schema(name = "RegisteredUser")
    record RegisteredBody(
            @Schema(example = Examples.ID) UUID id,

            @Schema(example = "user1") String username,
            @Schema(example = Examples.TIME) Instant createdAt) {}

    private final Registry registry;
    private final Accounts accounts;

    public UsersController(Registry registry, Accounts accounts) {
        this.registry = registry;
        this.accounts = accounts;
    }

    @Operation(
            summary = "Register a user",
            description = "With an Idempotency-Key, a retry of the same registration answers as the first time.")
    @ApiResponse(
            responseCode = "201",
            description = "Registered, and durable on a majority",
            headers = {
                @Header(name = "Location", schema = @Schema(type = "string", format = "uri-reference")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "true where the key was seen before",
                        schema = @Schema(type = "string", allowableValues = "true"))
            })
    @Refuses({
        ProblemType.REGISTRATION_CLOSED,
        ProblemType.USERNAME_TAKEN,
        ProblemType.POLICY_VIOLATION,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.COMMIT_UNKNOWN,
        ProblemType.PEPPER_UNKNOWN
    })
    @PostMapping(path = "/register", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RegisteredBody> register(
            @Parameter(hidden = true) Optional<Administrator> administrator,
            @RequestBody CredentialsRequest request,
            @Parameter(
                            description =
                                    "1 to 255 characters, a fresh one for each registration; surrounding quotes are stripped",
                            example = "5f1d6f2e-register-user1")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String idempotencyKey) {
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

    @Operation(summary = "Set a password by a one-time reset code", description = "An administrator gives such a code.")
    @ApiResponse(responseCode = "204", description = "Set; all older tokens have ended")
    @Refuses({
        ProblemType.INVALID_CREDENTIALS,
        ProblemType.POLICY_VIOLATION,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.COMMIT_UNKNOWN
    })
    @PostMapping("/reset")
    ResponseEntity<Void> reset(@RequestBody ResetRequest request) {
        ResetRequest.Complete sent = request.checked();
        return RaftHeaders.changed(accounts.resetPassword(sent.username(), sent.code(), sent.replacement()));
    }
}
