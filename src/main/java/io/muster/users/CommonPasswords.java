package io.muster.users;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The passwords that are guessed first: the 30,000 most common ones of published leaks, as zxcvbn ships them (MIT license). Case
 * does not count. Immutable.
 */
final class CommonPasswords {

    private final Set<String> folded;

    private CommonPasswords(Set<String> folded) {
        this.folded = folded;
    }

    static CommonPasswords load() {
        try {
            return new CommonPasswords(
                    Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies()));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }

    boolean contain(Password password) {
        return folded.contains(password.folded());
    }
}
