package io.muster.users;

/**
 * Cost of one Argon2id hash with parallelism 1.
 *
 * @param memoryKib 8 to 1,048,576
 * @param iterations 1 to 64
 */
public record HashParameters(int memoryKib, int iterations) {

    static final int MINIMUM_MEMORY_KIB = 8;
    static final int MAXIMUM_MEMORY_KIB = 1024 * 1024;
    static final int MAXIMUM_ITERATIONS = 64;

    /** OWASP Password Storage Cheat Sheet, Argon2id. */
    private static final int RECOMMENDED_MEMORY_KIB = 19_456;

    private static final int RECOMMENDED_ITERATIONS = 2;

    public HashParameters {
        if (memoryKib < MINIMUM_MEMORY_KIB || memoryKib > MAXIMUM_MEMORY_KIB) {
            throw new IllegalArgumentException("the memory of a hash is " + MINIMUM_MEMORY_KIB + " to "
                    + MAXIMUM_MEMORY_KIB + " KiB, not " + memoryKib);
        }
        if (iterations < 1 || iterations > MAXIMUM_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the iterations of a hash are 1 to " + MAXIMUM_ITERATIONS + ", not " + iterations);
        }
    }

    /** Whether memory or iterations are below OWASP's minimum, 19,456 KiB and 2. */
    public boolean belowRecommendation() {
        return memoryKib < RECOMMENDED_MEMORY_KIB || iterations < RECOMMENDED_ITERATIONS;
    }
}
