package io.muster.web;

import io.muster.users.Account;
import io.muster.users.Accounts;
import io.muster.users.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What users do with their own accounts, on any replica. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Own account", description = "What users do with their own accounts")
@RestController
@RequestMapping("/users/me")
public final class AccountController {

    /** A user as he may see himself. */
    @Schema(name = "OwnAccount")
    record AccountBody(
            @Schema(example = Examples.ID) UUID id,

            @Schema(example = "user1") String username,
            @Schema(example = Examples.TIME) Instant createdAt,
            @Schema(example = "[\"auditor\"]") List<String> roles) {}

    private final Accounts accounts;

    public AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @Operation(operationId = "getOwnAccount", summary = "Who the token is of")
    @ApiResponse(responseCode = "200", description = "The token is valid at this moment")
    @Reads
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AccountBody> get(Caller caller) {
        Account account = caller.account();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(account.index()))
                .body(new AccountBody(account.id(), account.username(), account.createdAt(), account.roles()));
    }

    @Operation(summary = "Change the password")
    @ApiResponse(responseCode = "204", description = "Changed; all older tokens have ended")
    @Refuses({
        ProblemType.INVALID_CREDENTIALS,
        ProblemType.POLICY_VIOLATION,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.COMMIT_UNKNOWN,
        ProblemType.PEPPER_UNKNOWN
    })
    @PostMapping(path = "/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> changePassword(Caller caller, @RequestBody PasswordChangeRequest request) {
        PasswordChangeRequest.Complete sent = request.checked();
        return RaftHeaders.changed(accounts.changePassword(caller, sent.current(), sent.replacement()));
    }

    @Operation(summary = "Log out everywhere")
    @ApiResponse(responseCode = "204", description = "All tokens of the user have ended")
    @Refuses(ProblemType.COMMIT_UNKNOWN)
    @PostMapping("/logout")
    ResponseEntity<Void> logout(Caller caller) {
        return RaftHeaders.changed(accounts.endSessions(caller));
    }

    @Operation(operationId = "deleteOwnAccount", summary = "Delete the own account")
    @ApiResponse(responseCode = "204", description = "Deleted; the name is free")
    @Refuses({
        ProblemType.INVALID_CREDENTIALS,
        ProblemType.LAST_ADMINISTRATOR,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.COMMIT_UNKNOWN,
        ProblemType.PEPPER_UNKNOWN
    })
    @DeleteMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> delete(Caller caller, @RequestBody PasswordRequest request) {
        return RaftHeaders.changed(accounts.delete(caller, request.checked()));
    }
}
