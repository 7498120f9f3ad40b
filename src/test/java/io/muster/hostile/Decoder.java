package io.muster.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A decoder under test, with what it promises: input is refused by one type of exception, memory is bounded by the input, and
 * what is accepted means the same once encoded again.
 *
 * @param refusal what is thrown for bad input, or a supertype of it
 * @param encode the inverse
 */
public record Decoder<T>(Class<? extends Exception> refusal, Decode<T> decode, Function<T, byte[]> encode) {

    /** Room for an exception and its stack trace, and for what a first call in a fresh JVM costs: some 300 KB were seen. */
    private static final long MAX_ALLOCATED_FIXED = 1 << 20;

    /** An entry of two bytes on the wire is an object of some fifty in memory, in lists that grow. */
    private static final long MAX_ALLOCATED_PER_BYTE = 128;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads an input. */
    @FunctionalInterface
    public interface Decode<T> {

        /** The value, or an exception. */
        T apply(byte[] input) throws Exception;
    }

    /** Tries an input: whether it is accepted. Fails where a promise is broken. */
    public boolean judge(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T value;
        try {
            value = decode.apply(input);
        } catch (Exception e) {
            requireTyped(e, input);
            requireBounded(before, input);
            return false;
        }
        requireBounded(before, input);
        requireSameAgain(value, input);
        return true;
    }

    private void requireTyped(Exception e, byte[] input) {
        if (!refusal.isInstance(e)) {
            throw new AssertionError("refused by an exception that is not " + refusal.getName() + ": " + hex(input), e);
        }
    }

    private static void requireBounded(long before, byte[] input) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MAX_ALLOCATED_FIXED + MAX_ALLOCATED_PER_BYTE * input.length) {
            throw new AssertionError(
                    allocated + " bytes of memory for an input of " + input.length + ": " + hex(input));
        }
    }

    private void requireSameAgain(T value, byte[] input) {
        byte[] encoded = encode.apply(value);
        T again;
        try {
            again = decode.apply(encoded);
        } catch (Exception e) {
            throw new AssertionError("accepted, and refused once encoded again: " + hex(input), e);
        }
        if (!again.equals(value)) {
            throw new AssertionError("accepted, and another value once encoded again: " + hex(input));
        }
    }

    private static String hex(byte[] input) {
        String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, 2_048));
        return hex + (input.length > 2_048 ? "..." : "");
    }
}
