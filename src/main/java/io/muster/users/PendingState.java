package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.store.Batch;
import io.muster.users.store.Change;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.SigningKey;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store as it will be once the batch in the making is written: later entries of a batch see earlier ones. What an entry
 * does must not depend on where batches begin and end, for that differs from replica to replica.
 */
final class PendingState {

    private final UserStore store;
    /** By id; empty for those that the batch removes. */
    private final Map<UUID, Optional<User>> users = new HashMap<>();
    /** Ids by name, likewise. */
    private final Map<String, Optional<UUID>> ids = new HashMap<>();

    private final Map<Bytes, Request> requests = new HashMap<>();
    private final Set<Bytes> forgotten = new HashSet<>();
    /** Null as long as they are the store's. */
    private @Nullable List<SigningKey> signingKeys;

    private final List<Change> changes = new ArrayList<>();
    /** Of the store and the batch together: at least as many of the oldest as the batch may remove. */
    private final NavigableSet<RequestStamp> oldest;

    PendingState(UserStore store, List<RequestStamp> oldestInStore) {
        this.store = store;
        this.oldest = new TreeSet<>(oldestInStore);
    }

    /** Whether the name or the id is another's. */
    boolean isTaken(User user) {
        return idOf(user.username()) != null || user(user.id()) != null;
    }

    /** The id of the user of that name, null where there is none. */
    @Nullable
    UUID idOf(String username) {
        Optional<UUID> pending = ids.get(username);
        if (pending != null) {
            return pending.orElse(null);
        }
        User stored = store.userByName(username);
        return stored == null ? null : stored.id();
    }

    @Nullable
    User user(UUID id) {
        Optional<User> pending = users.get(id);
        return pending == null ? store.userById(id) : pending.orElse(null);
    }

    void put(User user) {
        users.put(user.id(), Optional.of(user));
        ids.put(user.username(), Optional.of(user.id()));
        changes.add(new Change.PutUser(user));
    }

    void remove(User user) {
        users.put(user.id(), Optional.empty());
        ids.put(user.username(), Optional.empty());
        changes.add(new Change.RemoveUser(user.id()));
    }

    /** Whether somebody else than that user may administer users. */
    boolean hasAdministratorBeside(UUID id) {
        Stream<UUID> pending = users.values().stream()
                .flatMap(Optional::stream)
                .filter(user -> user.access().administers())
                .map(User::id);
        // More than the batch, and the user who is asked about, can make untrue.
        Stream<UUID> stored =
                store.administrators(users.size() + 2).stream().filter(other -> !users.containsKey(other));
        return Stream.concat(pending, stored).anyMatch(other -> !other.equals(id));
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
        RequestStamp stamp = oldest.first();
        forget(stamp);
        return stamp;
    }

    void forget(RequestStamp stamp) {
        oldest.remove(stamp);
        requests.remove(stamp.key());
        forgotten.add(stamp.key());
        changes.add(new Change.RemoveRequest(stamp));
    }

    /** The newest last. */
    List<SigningKey> signingKeys() {
        return signingKeys == null ? store.signingKeys() : signingKeys;
    }

    void put(SigningKey key) {
        Stream<SigningKey> others =
                signingKeys().stream().filter(other -> !other.id().equals(key.id()));
        signingKeys = Stream.concat(others, Stream.of(key))
                .sorted(SigningKey.OLDEST_FIRST)
                .toList();
        changes.add(new Change.PutSigningKey(key));
    }

    void forgetSigningKey(String id) {
        signingKeys = signingKeys().stream().filter(key -> !key.id().equals(id)).toList();
        changes.add(new Change.RemoveSigningKey(id));
    }

    Batch toBatch(LogStart applied) {
        return new Batch(changes, applied);
    }
}
