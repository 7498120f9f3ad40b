package io.muster.users.store;

/** One step of a {@link Batch}. */
public sealed interface Change {

    /** Stores a user under its id and its name, in place of the one with that id. */
    record PutUser(User user) implements Change {}

    /** Stores an idempotency record under its key and its stamp, in place of the one with that key. */
    record PutRequest(Request request) implements Change {}

    /** Forgets the idempotency record of that very stamp, if there is one. */
    record RemoveRequest(RequestStamp stamp) implements Change {}
}
