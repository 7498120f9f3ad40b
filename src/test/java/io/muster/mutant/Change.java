package io.muster.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of one source file.
 *
 * @param source its path below the repository
 * @param text what is replaced; stands in it exactly once
 * @param replacement what stands in its place
 */
public record Change(String source, String text, String replacement) {

    private static final String MAIN = "src/main/java/io/muster/";
    private static final String TEST = "src/test/java/io/muster/";

    /** A change of production code. */
    public static Change of(String source, String text, String replacement) {
        return new Change(MAIN + source, text, replacement);
    }

    /** A change of test code, such as what the simulator has in the place of RocksDB. */
    public static Change ofTestCode(String source, String text, String replacement) {
        return new Change(TEST + source, text, replacement);
    }

    /** The source as it is. */
    static String read(String source) {
        try {
            return Files.readString(Path.of(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException where the text does not stand in it once */
    String applyTo(String code) {
        int at = code.indexOf(text);
        if (at < 0 || code.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException(source + " has not once, but " + (at < 0 ? "nowhere" : "more often")
                    + ", what a test replaces; refactoring has moved it, so write the change anew:\n" + text);
        }
        return code.substring(0, at) + replacement + code.substring(at + text.length());
    }
}
