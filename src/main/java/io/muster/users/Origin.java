package io.muster.users;

import org.jspecify.annotations.Nullable;

/**
 * Where the call on this thread comes from, as far as what is scarce is shared out among origins: see {@link HashPool}. A thread
 * without one, such as a chore's, stands in the common queue alone. Thread-safe where its conduct is.
 */
public final class Origin implements AutoCloseable {

    private static final ThreadLocal<@Nullable Origin> CURRENT = new ThreadLocal<>();

    private final String name;
    private final Conduct conduct;

    /** How an origin behaves, over all its calls. */
    public interface Conduct {

        /** One more of its calls showed no valid credentials. */
        void failed();

        /** Whether its calls that wait are to be refused by now. */
        boolean isSuspended();
    }

    private Origin(String name, Conduct conduct) {
        this.name = name;
        this.conduct = conduct;
    }

    /**
     * This thread serves that origin until what is returned is closed, by it.
     *
     * @param name such as a client address; calls of one and the same share what one may have
     */
    public static Origin enter(String name, Conduct conduct) {
        Origin origin = new Origin(name, conduct);
        CURRENT.set(origin);
        return origin;
    }

    /** Null for none. */
    static @Nullable Origin current() {
        return CURRENT.get();
    }

    /** The call on this thread, if it has an origin, showed no valid credentials. */
    static void failed() {
        Origin current = CURRENT.get();
        if (current != null) {
            current.conduct.failed();
        }
    }

    String name() {
        return name;
    }

    boolean isSuspended() {
        return conduct.isSuspended();
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
