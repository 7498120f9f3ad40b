package io.muster.users.token;

import io.muster.raft.Bytes;
import io.muster.users.store.Sha256;
import io.muster.users.store.TokenFamily;
import io.muster.users.store.Uuids;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token, a secret: whose and of which family it is, and 256 random bits. Never shown by {@link #toString}.
 *
 * @param value what its holder keeps, in Base64url
 */
public record RefreshToken(UUID userId, UUID familyId, String value) {

    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * ID_BYTES + SECRET_BYTES;
    private static final int CHARACTERS = (BYTES * 4 + 2) / 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A fresh one. */
    public static RefreshToken next(UUID userId, UUID familyId) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        byte[] all = ByteBuffer.allocate(BYTES)
                .put(Uuids.toBytes(userId))
                .put(Uuids.toBytes(familyId))
                .put(secret)
                .array();
        return new RefreshToken(
                userId, familyId, Base64.getUrlEncoder().withoutPadding().encodeToString(all));
    }

    /** What was shown, which may be anything; null where it is no refresh token. */
    public static @Nullable RefreshToken read(String value) {
        if (value.length() != CHARACTERS) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(value));
            return new RefreshToken(uuid(bytes), uuid(bytes), value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Whether it is of that family by what it says itself. */
    public boolean isOf(TokenFamily family) {
        return familyId.equals(family.id());
    }

    /** SHA-256 of it, by which it is known again. It has 256 random bits: nobody finds it by its hash. */
    public Bytes hash() {
        return Sha256.of(Base64.getUrlDecoder().decode(value));
    }

    @Override
    public String toString() {
        return "RefreshToken[redacted]";
    }
}
