package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An Argon2id hash taken apart (PHC string format; Argon2 version 1.3, RFC 9106).
 *
 * @param lanes the parallelism, 1 to 16
 * @param salt 8 to 64 bytes
 * @param tag 16 to 64 bytes
 * @param pepperId of the pepper, 8 characters of Base64; null for none
 */
record Argon2Hash(
        HashParameters parameters,
        int lanes,
        Bytes salt,
        Bytes tag,
        @Nullable String pepperId) implements StoredHash {

    private static final int MAXIMUM_LANES = 16;

    /** The numbers and texts are bounded here already, so that parsing one cannot cost much. */
    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19"
            + "\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=([1-9][0-9]?)(?:,keyid=([A-Za-z0-9+/]{8}))?"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /** Without a pepper. */
    Argon2Hash(HashParameters parameters, int lanes, Bytes salt, Bytes tag) {
        this(parameters, lanes, salt, tag, null);
    }

    Argon2Hash {
        if (lanes < 1 || lanes > MAXIMUM_LANES) {
            throw new IllegalArgumentException("the parallelism of a hash is 1 to " + MAXIMUM_LANES + ", not " + lanes);
        }
        if (parameters.memoryKib() < HashParameters.MINIMUM_MEMORY_KIB * lanes) {
            throw new IllegalArgumentException("the memory of a hash is at least 8 KiB a lane");
        }
    }

    /** Refuses with an {@link IllegalArgumentException}, which does not contain the text, what is out of form or bounds. */
    static Argon2Hash parse(PasswordHash hash) {
        Matcher matcher = PHC.matcher(hash.phc());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a PHC string of Argon2id version 19");
        }
        HashParameters parameters =
                new HashParameters(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return new Argon2Hash(
                parameters,
                Integer.parseInt(matcher.group(3)),
                decode(matcher.group(5)),
                decode(matcher.group(6)),
                matcher.group(4));
    }

    boolean isWeakerThan(HashParameters others) {
        return parameters.memoryKib() < others.memoryKib() || parameters.iterations() < others.iterations();
    }

    @Override
    public boolean matches(Argon2 argon2, Password password) {
        Bytes computed = argon2.tag(password, parameters, lanes, salt, tag.size(), pepperId);
        return MessageDigest.isEqual(computed.toByteArray(), tag.toByteArray());
    }

    @Override
    public PasswordHash encode() {
        return new PasswordHash("$argon2id$v=19$m=" + parameters.memoryKib() + ",t=" + parameters.iterations() + ",p="
                + lanes + (pepperId == null ? "" : ",keyid=" + pepperId) + "$"
                + ENCODER.encodeToString(salt.toByteArray()) + "$"
                + ENCODER.encodeToString(tag.toByteArray()));
    }

    @Override
    public String toString() {
        return "Argon2Hash[redacted]";
    }

    /** Java's decoder takes texts whose last bits are lost; there is one text for one value here. */
    private static Bytes decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!ENCODER.encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("a part of the hash is not canonical Base64");
        }
        return Bytes.copyOf(bytes);
    }
}
