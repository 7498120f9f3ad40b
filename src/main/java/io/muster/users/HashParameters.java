package io.muster.users;

/**
 * Cost of one Argon2id hash with parallelism 1.
 *
 * @param memoryKib 8 to 262,144
 * @param iterations 1 to 64, and no more than 1,048,576 by memoryKib
 */
public record HashParameters(int memoryKib, int iterations) {

    static final int MINIMUM_MEMORY_KIB = 8;
    static final int MAXIMUM_MEMORY_KIB = 256 * 1024;
    static final int MAXIMUM_ITERATIONS = 64;

    /** Of memory by iterations: about a second of a processor, for whoever can name a user with such a hash. */
    public static final int MAXIMUM_WORK_KIB = 1024 * 1024;

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
        if (memoryKib > MAXIMUM_WORK_KIB / iterations) {
            throw new IllegalArgumentException("memory by iterations of a hash is at most " + MAXIMUM_WORK_KIB
                    + " KiB, not " + memoryKib + " KiB by " + iterations);
        }
    }

    /** Whether memory or iterations are below OWASP's minimum, 19,456 KiB and 2. */
    public boolean belowRecommendation() {
        return memoryKib < RECOMMENDED_MEMORY_KIB || iterations < RECOMMENDED_ITERATIONS;
    }
}
