package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.store.Batch;
import io.muster.users.store.Change;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The store as it will be once the batch in the making is written: later entries of a batch see earlier ones. What an entry
 * does must not depend on where batches begin and end, for that differs from replica to replica.
 */
final class PendingState {

    private final UserStore store;
    private final Map<String, User> users = new HashMap<>();
    private final Map<Bytes, Request> requests = new HashMap<>();
    private final Set<Bytes> forgotten = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    /** Of the store and the batch together: at least as many of the oldest as the batch may remove. */
    private final NavigableSet<RequestStamp> oldest;

    PendingState(UserStore store, List<RequestStamp> oldestInStore) {
        this.store = store;
        this.oldest = new TreeSet<>(oldestInStore);
    }

    boolean isTaken(String username) {
        return users.containsKey(username) || store.userByName(username) != null;
    }

    void add(User user) {
        users.put(user.username(), user);
        changes.add(new Change.PutUser(user));
    }

    @Nullable
    Request request(Bytes key) {
        Request added = requests.get(key);
        return added != null || forgotten.contains(key) ? added : store.request(key);
    }

    void add(Request request) {
        requests.put(request.stamp().key(), request);
        oldest.add(request.stamp());
        changes.add(new Change.PutRequest(request));
    }

    /** Forgets the oldest idempotency record if it is of before {@code millis}; null where none is. */
    @Nullable
    RequestStamp forgetOldest(long millis) {
        if (oldest.isEmpty() || oldest.first().timeMillis() >= millis) {
            return null;
        }
        RequestStamp stamp = oldest.removeFirst();
        requests.remove(stamp.key());
        forgotten.add(stamp.key());
        changes.add(new Change.RemoveRequest(stamp));
        return stamp;
    }

    Batch toBatch(LogStart applied) {
        return new Batch(changes, applied);
    }
}
