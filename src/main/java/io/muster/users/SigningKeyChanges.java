package io.muster.users;

import io.muster.users.store.SigningKey;
import java.util.List;
import java.util.Objects;

/** What {@link AddSigningKey} does to the state. */
final class SigningKeyChanges {

    private SigningKeyChanges() {}

    static ChangeResult apply(AddSigningKey command, long timeMillis, PendingState state) {
        List<SigningKey> keys = state.signingKeys();
        SigningKey newest = keys.isEmpty() ? null : keys.getLast();
        if (!Objects.equals(newest == null ? null : newest.id(), command.expectedNewest())) {
            return ChangeResult.OUTDATED;
        }
        // The earlier of two clocks, since the log's own may be ahead as well as behind.
        long now = Math.min(timeMillis, command.key().createdAtMillis());
        boolean replaced = false;
        for (SigningKey key : keys.reversed()) {
            if (replaced) {
                state.forgetSigningKey(key.id());
            }
            replaced |= key.signsFromMillis() + command.overlapMillis() <= now;
        }
        state.put(command.key().withNumber(newest == null ? 1 : newest.number() + 1));
        return ChangeResult.DONE;
    }
}
