package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.users.store.PasswordHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {

    private static final String SALT = "c29tZXNhbHQ";
    private static final String TAG = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc";

    @Test
    void readsTheReferenceString() {
        Argon2Hash hash = Argon2Hash.parse(new PasswordHash("$argon2id$v=19$m=65536,t=2,p=1$" + SALT + "$" + TAG));

        assertThat(hash.parameters()).isEqualTo(new HashParameters(65536, 2));
        assertThat(hash.lanes()).isEqualTo(1);
        assertThat(hash.salt().toByteArray()).asString().isEqualTo("somesalt");
        assertThat(hash.tag().size()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$argon2i$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2d$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=16$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
                " $argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG + "\n",
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG + "$",
                "$argon2id$v=19$t=1,m=8,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1,data=AAAA$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=7,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=08,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=-8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=262145,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=262144,t=5,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=99999999999,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=0,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=65,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=0$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=2$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=1024,t=1,p=17$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$c29tZXNh$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "=$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHR$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbH!$" + TAG,
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$CTFhFdXPJO1aFaMaO6Mm",
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            })
    void refusesWhatIsOutOfFormOrBoundsWithoutRepeatingIt(String phc) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Argon2Hash.parse(new PasswordHash(phc)))
                .withMessageNotContainingAny("CTFhFdXPJO1a", "c29tZXNh");
    }

    @Test
    void refusesAHugeTextQuickly() {
        String huge = "$argon2id$v=19$m=8,t=1,p=1$" + "A".repeat(10_000_000) + "$" + TAG;

        assertThatIllegalArgumentException().isThrownBy(() -> Argon2Hash.parse(new PasswordHash(huge)));
    }
}
