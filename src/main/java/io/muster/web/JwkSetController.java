package io.muster.web;

import io.muster.users.PublishedKeys;
import io.muster.users.Tokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys, for those who verify tokens themselves. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Keys", description = "For those who verify tokens themselves")
@RestController
public final class JwkSetController {

    private final Tokens tokens;

    public JwkSetController(Tokens tokens) {
        this.tokens = tokens;
    }

    @Operation(
            operationId = "getKeys",
            summary = "The public keys (RFC 7517)",
            description = "To be asked anew once their max-age is over.")
    @ApiResponse(
            responseCode = "200",
            description = "The keys",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema =
                                    @Schema(
                                            type = "object",
                                            requiredProperties = "keys",
                                            example =
                                                    "{\"keys\":[{\"kty\":\"EC\",\"use\":\"sig\",\"crv\":\"P-256\","
                                                            + "\"kid\":\"1\",\"x\":\"...\",\"y\":\"...\",\"alg\":\"ES256\"}]}")))
    @Reads
    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> keys() {
        PublishedKeys keys = tokens.publishedKeys();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(keys.maxAge()).cachePublic())
                .header(RaftHeaders.INDEX, Long.toString(keys.index()))
                .body(keys.jwkSet());
    }
}
