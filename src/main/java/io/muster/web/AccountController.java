package io.muster.web;

import io.muster.users.Account;
import io.muster.users.Accounts;
import io.muster.users.Caller;
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
@RestController
@RequestMapping("/users/me")
public final class AccountController {

    /** A user as he may see himself. */
    record AccountBody(UUID id, String username, Instant createdAt, List<String> roles) {}

    private final Accounts accounts;

    public AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    ResponseEntity<AccountBody> get(Caller caller) {
        Account account = caller.account();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(account.index()))
                .body(new AccountBody(account.id(), account.username(), account.createdAt(), account.roles()));
    }

    @PostMapping(path = "/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> changePassword(Caller caller, @RequestBody PasswordChangeRequest request) {
        PasswordChangeRequest.Complete sent = request.checked();
        return changed(accounts.changePassword(caller, sent.current(), sent.replacement()));
    }

    @PostMapping("/logout")
    ResponseEntity<Void> logout(Caller caller) {
        return changed(accounts.endSessions(caller));
    }

    @DeleteMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> delete(Caller caller, @RequestBody PasswordRequest request) {
        return changed(accounts.delete(caller, request.checked()));
    }

    private static ResponseEntity<Void> changed(long index) {
        return ResponseEntity.noContent()
                .header(RaftHeaders.INDEX, Long.toString(index))
                .build();
    }
}
