package io.muster.web;

import io.muster.users.PublishedKeys;
import io.muster.users.Tokens;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys, for those who verify tokens themselves. Thread-safe; blocks its (virtual) thread. */
@RestController
public final class JwkSetController {

    private final Tokens tokens;

    public JwkSetController(Tokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> keys() {
        PublishedKeys keys = tokens.publishedKeys();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(keys.maxAge()).cachePublic())
                .header(RaftHeaders.INDEX, Long.toString(keys.index()))
                .body(keys.jwkSet());
    }
}
