package io.muster.users.store;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of a {@link MapUserStore}. */
final class MapTables {

    private static final Comparator<String> BY_UTF8 =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Map<UUID, User> usersById = new HashMap<>();
    private final Map<String, UUID> idsByName = new HashMap<>();
    private final Map<Bytes, Request> requests = new HashMap<>();
    private final TreeSet<RequestStamp> stamps = new TreeSet<>();
    private final Map<String, SigningKey> signingKeys = new HashMap<>();
    private AppliedState applied = new AppliedState(LogStart.ZERO, StateHash.EMPTY);

    MapTables copy() {
        MapTables copy = new MapTables();
        copy.usersById.putAll(usersById);
        copy.idsByName.putAll(idsByName);
        copy.requests.putAll(requests);
        copy.stamps.addAll(stamps);
        copy.signingKeys.putAll(signingKeys);
        copy.applied = applied;
        return copy;
    }

    void take(Batch batch) {
        StateHash hash = applied.hash();
        for (Change change : batch.changes()) {
            hash = take(change, hash);
        }
        applied = new AppliedState(batch.applied(), hash);
    }

    private StateHash take(Change change, StateHash hash) {
        return switch (change) {
            case Change.PutUser(User user) -> put(user, hash);
            case Change.PutRequest(Request request) -> put(request, hash);
            case Change.RemoveRequest(RequestStamp stamp) -> {
                Request before = requests.get(stamp.key());
                yield before != null && before.stamp().equals(stamp) ? remove(before, hash) : hash;
            }
            case Change.RemoveUser(UUID id) -> remove(id, hash);
            case Change.PutSigningKey(SigningKey key) -> put(key, hash);
            case Change.RemoveSigningKey(String id) -> removeSigningKey(id, hash);
        };
    }

    private StateHash put(User user, StateHash hash) {
        StateHash without = remove(user.id(), hash);
        usersById.put(user.id(), user);
        idsByName.put(user.username(), user.id());
        return without.plus(StateHash.of(user));
    }

    private StateHash remove(UUID id, StateHash hash) {
        User before = usersById.remove(id);
        if (before == null) {
            return hash;
        }
        idsByName.remove(before.username());
        return hash.minus(StateHash.of(before));
    }

    private StateHash put(SigningKey key, StateHash hash) {
        StateHash without = removeSigningKey(key.id(), hash);
        signingKeys.put(key.id(), key);
        return without.plus(StateHash.of(key));
    }

    private StateHash removeSigningKey(String id, StateHash hash) {
        SigningKey before = signingKeys.remove(id);
        return before == null ? hash : hash.minus(StateHash.of(before));
    }

    private StateHash put(Request request, StateHash hash) {
        Request before = requests.get(request.stamp().key());
        StateHash without = before == null ? hash : remove(before, hash);
        requests.put(request.stamp().key(), request);
        stamps.add(request.stamp());
        return without.plus(StateHash.of(request));
    }

    private StateHash remove(Request request, StateHash hash) {
        requests.remove(request.stamp().key());
        stamps.remove(request.stamp());
        return hash.minus(StateHash.of(request));
    }

    /** What the hash of all records is, when it is computed anew. */
    StateHash recomputed() {
        StateHash hash = StateHash.EMPTY;
        for (User user : usersById.values()) {
            hash = hash.plus(StateHash.of(user));
        }
        for (Request request : requests.values()) {
            hash = hash.plus(StateHash.of(request));
        }
        for (SigningKey key : signingKeys.values()) {
            hash = hash.plus(StateHash.of(key));
        }
        return hash;
    }

    AppliedState applied() {
        return applied;
    }

    List<Request> requests() {
        return List.copyOf(requests.values());
    }

    /** These records, as applied so far. */
    static MapTables of(AppliedState applied, List<User> users, List<Request> requests, List<SigningKey> keys) {
        MapTables tables = new MapTables();
        users.forEach(user -> tables.take(new Change.PutUser(user), StateHash.EMPTY));
        requests.forEach(request -> tables.take(new Change.PutRequest(request), StateHash.EMPTY));
        keys.forEach(key -> tables.take(new Change.PutSigningKey(key), StateHash.EMPTY));
        tables.applied = applied;
        return tables;
    }

    @Nullable
    User userByName(String username) {
        UUID id = idsByName.get(username);
        return id == null ? null : usersById.get(id);
    }

    List<User> usersByName(String prefix, @Nullable String after, int limit) {
        return usersById.values().stream()
                .filter(user -> user.username().startsWith(prefix))
                .filter(user -> after == null || BY_UTF8.compare(user.username(), after) > 0)
                .sorted(Comparator.comparing(User::username, BY_UTF8))
                .limit(limit)
                .toList();
    }

    List<UUID> administrators(int limit) {
        return usersById.values().stream()
                .filter(user -> user.access().administers())
                .map(User::id)
                .sorted()
                .limit(limit)
                .toList();
    }

    @Nullable
    User userById(UUID id) {
        return usersById.get(id);
    }

    @Nullable
    Request request(Bytes key) {
        return requests.get(key);
    }

    List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit) {
        return stamps.tailSet(new RequestStamp(fromMillis, Bytes.EMPTY)).stream()
                .takeWhile(stamp -> stamp.timeMillis() < beforeMillis)
                .limit(limit)
                .toList();
    }

    List<SigningKey> signingKeys() {
        return signingKeys.values().stream().sorted(SigningKey.OLDEST_FIRST).toList();
    }

    List<User> users() {
        return List.copyOf(usersById.values());
    }
}
