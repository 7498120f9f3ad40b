package io.muster.web;

import io.muster.users.Registry;
import io.muster.users.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where sessions begin and go on, on any replica. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Users")
@RestController
public final class SessionController {

    /** Where logins go: a read, though it is a POST. */
    static final String LOGIN = "/users/login";

    private final Registry registry;
    private final Sessions sessions;

    public SessionController(Registry registry, Sessions sessions) {
        this.registry = registry;
        this.sessions = sessions;
    }

    @Operation(
            summary = "Log in",
            description = "A wrong password, an unknown name, a locked and a disabled user are answered alike.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    @Refuses({
        ProblemType.INVALID_CREDENTIALS,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.SIGNING_KEY_UNUSABLE,
        ProblemType.PEPPER_UNKNOWN
    })
    @Reads
    @PostMapping(path = LOGIN, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionBody> login(@RequestBody CredentialsRequest request) {
        CredentialsRequest.Complete sent = request.checked();
        return SessionBody.answer(registry.login(sent.username(), sent.password()), sessions.refreshLifetime());
    }

    @Operation(
            summary = "Get another access token",
            description =
                    "Where the settings have refresh tokens. Each is good once, and is answered with its successor; one that"
                            + " is shown again later ends the session.")
    @ApiResponse(responseCode = "200", description = "Another access token, and another refresh token")
    @Refuses({
        ProblemType.INVALID_TOKEN,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.COMMIT_UNKNOWN,
        ProblemType.SIGNING_KEY_UNUSABLE
    })
    @PostMapping(
            path = "/tokens/refresh",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionBody> refresh(@RequestBody RefreshRequest request) {
        return SessionBody.answer(sessions.refresh(request.checked()), sessions.refreshLifetime());
    }

    @Operation(
            summary = "End one session",
            description =
                    "The one that a refresh token is of (RFC 7009), if it goes on still. Access tokens of it live until they expire.")
    @ApiResponse(responseCode = "204", description = "No such session goes on")
    @Refuses({ProblemType.TOO_MANY_REQUESTS, ProblemType.COMMIT_UNKNOWN})
    @PostMapping(path = "/tokens/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> revoke(@RequestBody RefreshRequest request) {
        return RaftHeaders.changed(sessions.end(request.checked()));
    }
}
