package io.muster.raft;

/** Looks at what replicas do and throws an {@link AssertionError} at what must never happen. */
interface Watcher {

    /** What a replica shows of itself between two steps. */
    record View(RaftStatus status, long applied) {}

    /** An effect is about to be carried out. */
    default void sees(TestReplica replica, Effect effect) {}

    /** What a message promises must be durable: it leaves now. */
    default void leaves(TestReplica replica, Envelope envelope) {}

    /** All effects of a step have been carried out. */
    default void stepped(TestReplica replica, View before) {}

    /** The replica has lost all that was not durable. */
    default void crashed(TestReplica replica) {}
}
