package io.muster.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes bytes that are almost right out of bytes that are. Equal random numbers give equal bytes. For one thread. */
public final class Mutations {

    private static final int MAX_STEPS = 6;

    /** Where sizes, counts, terms and indexes have their edges. */
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        Short.MAX_VALUE,
        1 << 16,
        1 << 24,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        (1L << 32) - 1,
        1L << 53,
        (1L << 53) + 1,
        1L << 62,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE
    };

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    /** @param seeds well-formed inputs: what is changed, and what pieces are taken from; one at least */
    public Mutations(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = List.copyOf(seeds);
    }

    /** One of the well-formed inputs after one to six changes; now and then bytes that never were one. */
    public byte[] next() {
        if (random.nextInt(32) == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        return change(seed().clone());
    }

    /** {@code input} after one to six changes. It may be changed itself. */
    public byte[] change(byte[] input) {
        byte[] changed = input;
        for (int left = steps(); left > 0; left--) {
            changed = step(changed);
        }
        return changed;
    }

    /** {@code input} after changes that keep its length. It may be changed itself. */
    public byte[] changeInPlace(byte[] input) {
        for (int left = steps(); left > 0; left--) {
            overwrite(input);
        }
        return input;
    }

    /** Half of all inputs differ by one change, and so may get past the first check. */
    private int steps() {
        return random.nextBoolean() ? 1 : 1 + random.nextInt(MAX_STEPS);
    }

    /** A number at or near an edge, a small one, or any. */
    public long number() {
        return switch (random.nextInt(4)) {
            case 0 -> edge();
            case 1 -> edge() + random.nextInt(-2, 3);
            case 2 -> random.nextInt(20);
            default -> random.nextLong() >>> random.nextInt(64);
        };
    }

    private long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] step(byte[] input) {
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(input, random.nextInt(input.length + 1));
            case 1 -> replace(input, 0, 0, piece(seed()));
            case 2 -> insert(input, piece(seed()));
            case 3 -> insert(input, piece(input));
            case 4 -> insert(input, new byte[] {(byte) random.nextInt()});
            case 5 -> delete(input);
            default -> overwrite(input);
        };
    }

    private byte[] overwrite(byte[] input) {
        if (input.length == 0) {
            return input;
        }
        int at = random.nextInt(input.length);
        switch (random.nextInt(5)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) edge();
            case 2 -> put(input, at, ByteBuffer.allocate(4).putInt((int) edge()).array());
            case 3 -> put(input, at, ByteBuffer.allocate(8).putLong(edge()).array());
            default -> put(input, at, piece(seed()));
        }
        return input;
    }

    private static void put(byte[] target, int at, byte[] piece) {
        System.arraycopy(piece, 0, target, at, Math.min(piece.length, target.length - at));
    }

    private byte[] insert(byte[] input, byte[] piece) {
        int at = random.nextInt(input.length + 1);
        return replace(input, at, at, piece);
    }

    private byte[] delete(byte[] input) {
        int from = random.nextInt(input.length + 1);
        return replace(input, from, from + random.nextInt(input.length - from + 1), new byte[0]);
    }

    private static byte[] replace(byte[] input, int from, int to, byte[] piece) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(input, 0, from);
        changed.writeBytes(piece);
        changed.write(input, to, input.length - to);
        return changed.toByteArray();
    }

    /** Mostly short. */
    private byte[] piece(byte[] whole) {
        int from = random.nextInt(whole.length + 1);
        int length = random.nextInt(1 + Math.min(whole.length - from, random.nextInt(4) == 0 ? 512 : 16));
        return Arrays.copyOfRange(whole, from, from + length);
    }
}
