package io.muster.users.store;

import io.muster.raft.LogStart;
import java.util.List;

/**
 * Changes that take effect together, or not at all.
 *
 * @param changes in the order in which they take effect
 * @param applied the last log entry they come from; above the store's
 */
public record Batch(List<Change> changes, LogStart applied) {

    public Batch {
        changes = List.copyOf(changes);
    }
}
