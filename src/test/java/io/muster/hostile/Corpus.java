package io.muster.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs that once were trouble, in the directory {@code hostile} of the test resources: hex, one a line, # for a comment. */
public final class Corpus {

    private Corpus() {}

    /** The inputs of that name. */
    public static List<byte[]> of(String name) {
        try (@Nullable InputStream file = Corpus.class.getResourceAsStream("/hostile/" + name + ".hex")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no corpus " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> HexFormat.of().parseHex(line.replace(" ", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
