package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.Sha256;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Codes that people read to each other: 20 characters of Crockford's Base32, which has no letters that look like digits; 100 bits.
 * What is typed may be in any case, with or without dashes.
 */
final class ResetCodes {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUPS = 4;
    private static final int GROUP = 5;
    private static final int MAXIMUM_TYPED = 64;
    private static final Pattern SEPARATORS = Pattern.compile("[-\\s]");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ResetCodes() {}

    /** A fresh code, such as {@code 7Z3QK-0M1XN-...}. */
    static String next() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** SHA-256 of a code as it was typed. */
    static Bytes hash(String typed) {
        String code = SEPARATORS
                .matcher(typed.length() > MAXIMUM_TYPED ? "" : typed.toUpperCase(Locale.ROOT))
                .replaceAll("")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Sha256.of(code);
    }
}
