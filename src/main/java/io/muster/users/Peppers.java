package io.muster.users;

import io.muster.users.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that go into hashes beside the salt (Argon2's secret value, RFC 9106 section 3.1) and are kept apart from them: who steals
 * the hashes alone cannot guess at them. A hash names its pepper by an id, so that peppers can change: new hashes take the first,
 * all of them verify. Immutable; shows no secret in {@link #toString}.
 */
public final class Peppers {

    /** No pepper. */
    public static final Peppers NONE = new Peppers(List.of());

    /** Fewest characters of a pepper. */
    public static final int MINIMUM_CHARACTERS = 32;

    /** Of the id, before Base64: the PHC string format allows 8. */
    private static final int ID_BYTES = 6;

    private final Map<String, byte[]> byId = new LinkedHashMap<>();
    private final @Nullable String current;

    /** @param secrets each of {@link #MINIMUM_CHARACTERS} or more; none for no pepper */
    public Peppers(List<String> secrets) {
        for (String secret : secrets) {
            if (secret.length() < MINIMUM_CHARACTERS) {
                throw new IllegalArgumentException("a pepper has at least " + MINIMUM_CHARACTERS + " characters");
            }
            byId.putIfAbsent(id(secret), secret.getBytes(StandardCharsets.UTF_8));
        }
        this.current = secrets.isEmpty() ? null : id(secrets.getFirst());
    }

    private static String id(String secret) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update("muster pepper id ".getBytes(StandardCharsets.US_ASCII));
        byte[] hash = sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    }

    /** The id of the pepper that new hashes take, null for none. */
    @Nullable
    String current() {
        return current;
    }

    /** The pepper of that id; throws {@link UnknownPepperException} where it was not given. */
    byte[] secret(String id) {
        byte[] secret = byId.get(id);
        if (secret == null) {
            throw new UnknownPepperException(id);
        }
        return secret.clone();
    }

    @Override
    public String toString() {
        return "Peppers" + byId.keySet();
    }
}
