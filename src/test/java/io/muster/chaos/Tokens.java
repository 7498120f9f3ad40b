package io.muster.chaos;

import io.muster.history.Act.Session;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that were given, by what they stand for. Thread-safe. */
final class Tokens {

    private final Map<Session, String> tokens = new ConcurrentHashMap<>();

    /** Keeps a token; answers what its claims say, which its user may not trust but can read. */
    Session keep(String token) {
        String payload = token.split("\\.", -1)[1];
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(payload));
        Session session = new Session(
                UUID.fromString(claims.path("sub").asString()),
                claims.path("epoch").asLong());
        tokens.put(session, token);
        return session;
    }

    /** The last token that stands for it. */
    String of(Session session) {
        @Nullable String token = tokens.get(session);
        if (token == null) {
            throw new IllegalArgumentException("no token was given for " + session);
        }
        return token;
    }
}
