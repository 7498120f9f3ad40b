package io.muster.users;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the call on this thread comes from, as far as what is scarce is shared out among origins: see {@link HashPool}. A thread
 * without one, such as a chore's, is in nobody's way. Immutable, but for what {@code suspended} asks.
 */
public final class Origin implements AutoCloseable {

    private static final ThreadLocal<@Nullable Origin> CURRENT = new ThreadLocal<>();

    private final String name;
    private final BooleanSupplier suspended;

    private Origin(String name, BooleanSupplier suspended) {
        this.name = name;
        this.suspended = suspended;
    }

    /**
     * This thread serves that origin until what is returned is closed, by it.
     *
     * @param name such as a client address; calls of one and the same share what one may have
     * @param suspended whether its calls that wait are to be refused by now; asked by this thread
     */
    public static Origin enter(String name, BooleanSupplier suspended) {
        Origin origin = new Origin(name, suspended);
        CURRENT.set(origin);
        return origin;
    }

    /** Null for none. */
    static @Nullable Origin current() {
        return CURRENT.get();
    }

    String name() {
        return name;
    }

    boolean isSuspended() {
        return suspended.getAsBoolean();
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
