package io.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.users.Account;
import io.muster.users.Administration;
import io.muster.users.Administrator;
import io.muster.users.GivenResetCode;
import io.muster.users.Tokens;
import io.muster.users.UserPage;
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
@RestController
public final class AdministrationController {

    /** Some of the users. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageBody(List<UserBody> users, @Nullable String next) {}

    /** No other text is an id of a user, and other paths are other things. */
    private static final String USER = "/users/{id:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}";

    /** A code by which a user may set a password once. */
    record ResetCodeBody(String code, Instant expiresAt) {
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

    @GetMapping("/users")
    ResponseEntity<PageBody> list(
            Administrator administrator,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        UserPage page = administration.list(administrator, prefix, after, limit);
        return ok(page.index())
                .body(new PageBody(page.users().stream().map(UserBody::of).toList(), page.next()));
    }

    @GetMapping(USER)
    ResponseEntity<UserBody> get(Administrator administrator, @PathVariable UUID id) {
        return ok(administration.get(administrator, id));
    }

    @PatchMapping(path = USER, consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<UserBody> change(
            Administrator administrator, @PathVariable UUID id, @RequestBody AccountChangeRequest request) {
        return ok(administration.change(administrator, id, request.checked()));
    }

    @DeleteMapping(USER)
    ResponseEntity<Void> delete(Administrator administrator, @PathVariable UUID id) {
        return ResponseEntity.noContent()
                .header(RaftHeaders.INDEX, Long.toString(administration.delete(administrator, id)))
                .build();
    }

    /** The code is told this once. */
    @PostMapping(USER + "/reset-code")
    ResponseEntity<ResetCodeBody> giveResetCode(Administrator administrator, @PathVariable UUID id) {
        GivenResetCode given = administration.giveResetCode(administrator, id);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(given.index()))
                .body(new ResetCodeBody(given.code(), given.expiresAt()));
    }

    /** Makes a new signing key, which takes over once it has been published for long enough. */
    @PostMapping("/tokens/keys")
    ResponseEntity<Void> rotateKeys(Administrator administrator) {
        return ResponseEntity.noContent()
                .header(RaftHeaders.INDEX, Long.toString(tokens.rotate(administrator)))
                .build();
    }

    private static ResponseEntity<UserBody> ok(Account account) {
        return ok(account.index()).body(UserBody.of(account));
    }

    private static ResponseEntity.BodyBuilder ok(long index) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).header(RaftHeaders.INDEX, Long.toString(index));
    }
}
