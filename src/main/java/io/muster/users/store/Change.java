package io.muster.users.store;

/** One step of a {@link Batch}. */
public sealed interface Change {

    /** Stores a user under its id and its name. */
    record PutUser(User user) implements Change {}

    /** Stores an idempotency record under its key and its stamp. */
    record PutRequest(Request request) implements Change {}

    /** Forgets an idempotency record. */
    record RemoveRequest(RequestStamp stamp) implements Change {}
}
