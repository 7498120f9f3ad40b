package io.muster.users;

import io.muster.users.store.SigningKey;
import java.util.List;

/** What {@link AddSigningKey} does to the state. */
final class SigningKeyChanges {

    private SigningKeyChanges() {}

    static ChangeResult apply(AddSigningKey command, long timeMillis, PendingState state) {
        List<SigningKey> keys = state.signingKeys();
        if (!isNewest(command, keys)) {
            return ChangeResult.OUTDATED;
        }
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i).signsFromMillis() + command.overlapMillis() <= timeMillis) {
                state.forgetSigningKey(keys.get(i - 1).id());
            }
        }
        state.put(command.key());
        return ChangeResult.DONE;
    }

    private static boolean isNewest(AddSigningKey command, List<SigningKey> keys) {
        if (keys.isEmpty()) {
            return command.expectedNewest() == null;
        }
        SigningKey newest = keys.getLast();
        // Made by a clock that is behind, it would never be the one that signs.
        return newest.id().equals(command.expectedNewest())
                && newest.signsFromMillis() < command.key().signsFromMillis();
    }
}
