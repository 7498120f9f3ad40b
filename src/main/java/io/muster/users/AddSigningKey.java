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

    AddSigningKey {
        if (overlapMillis < 0) {
            throw new IllegalArgumentException("an overlap is 0 or greater, not " + overlapMillis);
        }
    }
}
