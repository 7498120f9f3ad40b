package io.muster.users;

/** Takes down what concerns security. Implementations are thread-safe, and neither block nor throw. */
@FunctionalInterface
public interface Audit {

    /** It has happened, and is durable where it changed something. */
    void record(AuditEvent event);
}
