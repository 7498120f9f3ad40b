package io.muster.users;

import org.jspecify.annotations.Nullable;

/**
 * Where the call on this thread comes from, as far as what is scarce is shared out among origins: see {@link HashPool}. A thread
 * without one, such as a chore's, is in nobody's way. Thread-safe.
 */
public final class Origin implements AutoCloseable {

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private Origin() {}

    /**
     * This thread serves that origin until what is returned is closed, by it.
     *
     * @param origin such as a client address; calls of one and the same share what one may have
     */
    public static Origin enter(String origin) {
        CURRENT.set(origin);
        return new Origin();
    }

    /** Null for none. */
    static @Nullable String current() {
        return CURRENT.get();
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
