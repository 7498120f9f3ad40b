package io.muster.users;

import io.muster.users.store.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * Asks to add a key that signs tokens, and to forget those that no live token needs.
 *
 * @param expectedNewest id of the newest key so far, null where there is none; what was made beside another key is not added
 * @param overlapMillis a key is forgotten once its successor has signed for so long, by the time stamps of the log
 */
record AddSigningKey(SigningKey key, @Nullable String expectedNewest, long overlapMillis) implements RegistryCommand {

    private static final long LONGEST_OVERLAP_MILLIS = 366L * 24 * 60 * 60 * 1000;

    AddSigningKey {
        if (overlapMillis < 0 || overlapMillis > LONGEST_OVERLAP_MILLIS || key.number() != 0) {
            throw new IllegalArgumentException("a new key has no place yet, and an overlap of 0 to a year");
        }
    }
}
