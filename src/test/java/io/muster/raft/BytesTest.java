package io.muster.raft;

import static io.muster.raft.Fixtures.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void neverShowsItsContent() {
        assertThat(Fixtures.command(1, 1, "secret").toString())
                .doesNotContain("secret")
                .contains("Bytes[6]");
    }

    @Test
    void isEqualByContentAndCannotBeChangedFromOutside() {
        byte[] source = {1, 2};
        Bytes copy = Bytes.copyOf(source);
        source[0] = 9;
        copy.toByteArray()[1] = 9;
        assertThat(copy).isEqualTo(Bytes.copyOf(new byte[] {1, 2})).hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2}));
        assertThat(copy).isNotEqualTo(bytes("x"));
    }
}
