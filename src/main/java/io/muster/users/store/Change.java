package io.muster.users.store;

import java.util.UUID;

/** One step of a {@link Batch}. */
public sealed interface Change {

    /** Stores a user under its id and its name, in place of the one with that id. */
    record PutUser(User user) implements Change {}

    /** Removes the user of that id, if there is one. */
    record RemoveUser(UUID id) implements Change {}

    /** Stores an idempotency record under its key and its stamp, in place of the one with that key. */
    record PutRequest(Request request) implements Change {}

    /** Forgets the idempotency record of that very stamp, if there is one. */
    record RemoveRequest(RequestStamp stamp) implements Change {}

    /** Stores a key under its id, in place of the one with that id. */
    record PutSigningKey(SigningKey key) implements Change {}

    /** Forgets the key of that id, if there is one. */
    record RemoveSigningKey(String id) implements Change {}
}
