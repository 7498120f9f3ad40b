package io.muster.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dumps the JVM that it runs in. Texts of secrets are made when they are needed, or it would find its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeapDumpTest {

    private record Text(String value) {}

    private record Letters(CharBuffer value) {}

    private record Buffer(ByteBuffer value) {}

    private HeapDump dump;

    @BeforeAll
    void dump(@TempDir Path directory) throws IOException, InterruptedException {
        byte[] shared = utf8("SHARED");
        Object[] held = {
            new Text(text("TEXT")),
            new Letters(CharBuffer.wrap(text("LETTERS").toCharArray())),
            new Buffer(ByteBuffer.wrap(utf8("BUFFER"), 3, 4).slice()),
            new Buffer(ByteBuffer.wrap(shared)),
            shared
        };
        try {
            dump = HeapDump.of(ProcessHandle.current().pid(), directory.resolve("own.hprof"));
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    private static String text(String name) {
        return ("ONTHEHEAP" + name).toLowerCase(Locale.ROOT);
    }

    private static byte[] utf8(String name) {
        return text(name).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> holders(String name) {
        return dump.holders(new Needles(List.of(new Secret(name, text(name)))), Buffer.class.getName()::equals);
    }

    @Test
    void findsATextAndWhoHoldsIt() {
        assertThat(holders("TEXT"))
                .singleElement()
                .asString()
                .startsWith("[TEXT] in an array <- java.lang.String <- " + Text.class.getName()
                        + " <- [Ljava.lang.Object;");
        assertThat(holders("LETTERS"))
                .singleElement()
                .asString()
                .startsWith("[LETTERS] in an array <- java.nio.HeapCharBuffer <- " + Letters.class.getName() + " <- ");
    }

    @Test
    void letsThoseHoldItWhoMayButNobodyBeside() {
        assertThat(holders("BUFFER")).isEmpty();
        assertThat(holders("SHARED")).hasSize(1);
    }

    @Test
    void findsNoGarbage() {
        assertThat(holders("GARBAGE")).isEmpty();
    }
}
