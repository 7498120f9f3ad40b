package io.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WholeLinesTest {

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final WholeLines lines = new WholeLines(sink);

    private void write(String text) throws IOException {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        lines.write(bytes, 1, bytes.length - 2);
    }

    @Test
    void passesOnLinesOnceTheyAreWhole() throws Exception {
        write("on");
        assertThat(sink.size()).isZero();
        assertThat(lines.last()).isEmpty();
        write("e\ntwo\n\u00fc");
        assertThat(sink).hasToString("one\ntwo\n");
        assertThat(lines.last()).isEqualTo("two\n");
        write("ber\n");

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n\u00fcber\n");
        assertThat(lines.last()).isEqualTo("\u00fcber\n");
        assertThat(lines.passedOn()).isEqualTo(sink.size());
    }

    @Test
    void dropsALineThatWasBegun() throws Exception {
        write("one\ntw");
        assertThatIOException().isThrownBy(lines::requireEnded);
        lines.dropBegun();
        assertThatCode(lines::requireEnded).doesNotThrowAnyException();
        write("2\n");

        assertThat(sink).hasToString("one\n2\n");
    }

    @Test
    void waitsForNoEndOfALineThatHasNone() throws Exception {
        write("x".repeat(60_000));
        write("x\n");
        write("x".repeat(60_000));

        assertThatIOException().isThrownBy(() -> write("x".repeat(6_000)));
    }
}
