package io.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.users.Account;
import io.muster.users.Administration;
import io.muster.users.Administrator;
import io.muster.users.GivenResetCode;
import io.muster.users.Tokens;
import io.muster.users.UserPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What administrators do, on any replica. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Administration", description = "For administrators only")
@RestController
public final class AdministrationController {

    /** Some of the users. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UserPage")
    record PageBody(
            List<UserBody> users,

            @Schema(description = "What to ask for as after, to go on; absent at the end", example = "user1") @Nullable
            String next) {}

    /** No other text is an id of a user, and other paths are other things. */
    private static final String USER = "/users/{id:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}";

    /** A code by which a user may set a password once. */
    @Schema(name = "ResetCode")
    record ResetCodeBody(
            @Schema(example = "7Z3QK-0M1XN-9RB2T-H4DVC") String code,
            @Schema(example = "2026-11-26T05:11:05.321Z") Instant expiresAt) {
        @Override
        public String toString() {
            return "ResetCodeBody[redacted]";
        }
    }

    private final Administration administration;
    private final Tokens tokens;

    public AdministrationController(Administration administration, Tokens tokens) {
        this.administration = administration;
        this.tokens = tokens;
    }

    @Operation(operationId = "listUsers", summary = "List users by name")
    @ApiResponse(responseCode = "200", description = "A page of users")
    @Refuses(ProblemType.POLICY_VIOLATION)
    @Reads
    @GetMapping(path = "/users", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PageBody> list(
            Administrator administrator,
            @Parameter(description = "Of the names", example = "user") @RequestParam(defaultValue = "") String prefix,
            @Parameter(description = "The page begins behind this name", example = "user1")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100",
                                            example = "20"))
                    @RequestParam(defaultValue = "100")
                    int limit) {
        UserPage page = administration.list(administrator, prefix, after, limit);
        return ok(page.index())
                .body(new PageBody(page.users().stream().map(UserBody::of).toList(), page.next()));
    }

    @Operation(operationId = "getUser", summary = "Get a user")
    @ApiResponse(responseCode = "200", description = "The user")
    @Refuses(ProblemType.USER_NOT_FOUND)
    @Reads
    @GetMapping(path = USER, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<UserBody> get(Administrator administrator, @Parameter(example = Examples.ID) @PathVariable UUID id) {
        return ok(administration.get(administrator, id));
    }

    @Operation(
            operationId = "changeUser",
            summary = "Disable, unlock, or give roles",
            description = "What is left out stays as it is. Each change ends the user's tokens.")
    @ApiResponse(responseCode = "200", description = "The user as he is now")
    @Refuses({
        ProblemType.USER_NOT_FOUND,
        ProblemType.LAST_ADMINISTRATOR,
        ProblemType.POLICY_VIOLATION,
        ProblemType.COMMIT_UNKNOWN
    })
    @PatchMapping(path = USER, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<UserBody> change(
            Administrator administrator,
            @Parameter(example = Examples.ID) @PathVariable UUID id,
            @RequestBody AccountChangeRequest request) {
        return ok(administration.change(administrator, id, request.checked()));
    }

    @Operation(operationId = "deleteUser", summary = "Delete a user")
    @ApiResponse(responseCode = "204", description = "Deleted; the name is free")
    @Refuses({ProblemType.USER_NOT_FOUND, ProblemType.LAST_ADMINISTRATOR, ProblemType.COMMIT_UNKNOWN})
    @DeleteMapping(USER)
    ResponseEntity<Void> delete(Administrator administrator, @Parameter(example = Examples.ID) @PathVariable UUID id) {
        return RaftHeaders.changed(administration.delete(administrator, id));
    }

    @Operation(summary = "Give a user a one-time reset code", description = "The code is told this once.")
    @ApiResponse(responseCode = "201", description = "The code, by which the user sets a password")
    @Refuses({ProblemType.USER_NOT_FOUND, ProblemType.COMMIT_UNKNOWN})
    @PostMapping(path = USER + "/reset-code", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ResetCodeBody> giveResetCode(
            Administrator administrator, @Parameter(example = Examples.ID) @PathVariable UUID id) {
        GivenResetCode given = administration.giveResetCode(administrator, id);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(given.index()))
                .body(new ResetCodeBody(given.code(), given.expiresAt()));
    }

    @Operation(
            summary = "Make a new signing key",
            description = "It takes over once it has been published for long enough.")
    @ApiResponse(responseCode = "204", description = "Made, and published")
    @Refuses({ProblemType.ROTATION_UNDER_WAY, ProblemType.COMMIT_UNKNOWN, ProblemType.SIGNING_KEY_UNUSABLE})
    @PostMapping("/tokens/keys")
    ResponseEntity<Void> rotateKeys(Administrator administrator) {
        return RaftHeaders.changed(tokens.rotate(administrator));
    }

    private static ResponseEntity<UserBody> ok(Account account) {
        return ok(account.index()).body(UserBody.of(account));
    }

    private static ResponseEntity.BodyBuilder ok(long index) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).header(RaftHeaders.INDEX, Long.toString(index));
    }
}
