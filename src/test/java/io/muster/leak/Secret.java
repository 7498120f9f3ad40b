package io.muster.leak;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text that must not be found.
 *
 * @param name what it is, to report it by
 * @param text of ASCII letters and digits that stand nowhere by chance: those that a URL, JSON and a change to lower case leave as
 *     they are
 */
public record Secret(String name, String text) {

    private static final int BITS_OF_BASE64 = 6;
    private static final int SHORTEST = 12;

    public Secret {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters may stand anywhere");
        }
    }

    /** What it looks like, as it is or encoded, on its own or within something longer. */
    Stream<byte[]> forms() {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Stream<byte[]> plain =
                Stream.of(utf8, text.getBytes(StandardCharsets.UTF_16LE), text.getBytes(StandardCharsets.UTF_16BE));
        Stream<String> hex = Stream.of(
                HexFormat.of().formatHex(utf8), HexFormat.of().withUpperCase().formatHex(utf8));
        Stream<String> base64 = IntStream.range(0, 3)
                .boxed()
                .flatMap(before -> Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                        .map(encoder -> base64(encoder, utf8, before)));
        return Stream.concat(plain, Stream.concat(hex, base64).map(form -> form.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The characters that depend on nothing else than the text, where so many bytes stand before it. */
    private static String base64(Base64.Encoder encoder, byte[] utf8, int before) {
        byte[] padded = new byte[before + utf8.length];
        System.arraycopy(utf8, 0, padded, before, utf8.length);
        int from = (before * Byte.SIZE + BITS_OF_BASE64 - 1) / BITS_OF_BASE64;
        int to = padded.length * Byte.SIZE / BITS_OF_BASE64;
        return new String(Arrays.copyOfRange(encoder.encode(padded), from, to), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return name;
    }
}
