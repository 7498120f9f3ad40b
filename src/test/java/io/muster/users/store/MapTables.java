package io.muster.users.store;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of a {@link MapUserStore}. */
final class MapTables {

    private final Map<UUID, User> usersById = new HashMap<>();
    private final Map<String, UUID> idsByName = new HashMap<>();
    private final Map<Bytes, Request> requests = new HashMap<>();
    private final TreeSet<RequestStamp> stamps = new TreeSet<>();
    private AppliedState applied = new AppliedState(LogStart.ZERO, StateHash.EMPTY);

    MapTables copy() {
        MapTables copy = new MapTables();
        copy.usersById.putAll(usersById);
        copy.idsByName.putAll(idsByName);
        copy.requests.putAll(requests);
        copy.stamps.addAll(stamps);
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
            case Change.PutUser(User user) -> {
                User before = usersById.put(user.id(), user);
                if (before != null) {
                    idsByName.remove(before.username());
                }
                idsByName.put(user.username(), user.id());
                yield replaced(hash, of(before), StateHash.of(user));
            }
            case Change.PutRequest(Request request) -> {
                Request before = requests.put(request.stamp().key(), request);
                if (before != null) {
                    stamps.remove(before.stamp());
                }
                stamps.add(request.stamp());
                yield replaced(hash, of(before), StateHash.of(request));
            }
            case Change.RemoveRequest(RequestStamp stamp) -> {
                boolean stood = stamps.remove(stamp);
                yield stood ? replaced(hash, of(requests.remove(stamp.key())), StateHash.EMPTY) : hash;
            }
        };
    }

    private static StateHash replaced(StateHash hash, StateHash before, StateHash now) {
        return hash.minus(before).plus(now);
    }

    private static StateHash of(@Nullable User user) {
        return user == null ? StateHash.EMPTY : StateHash.of(user);
    }

    private static StateHash of(@Nullable Request request) {
        return request == null ? StateHash.EMPTY : StateHash.of(request);
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
        return hash;
    }

    AppliedState applied() {
        return applied;
    }

    List<Request> requests() {
        return List.copyOf(requests.values());
    }

    /** These records, as applied so far. */
    static MapTables of(AppliedState applied, List<User> users, List<Request> requests) {
        MapTables tables = new MapTables();
        users.forEach(user -> tables.take(new Change.PutUser(user), StateHash.EMPTY));
        requests.forEach(request -> tables.take(new Change.PutRequest(request), StateHash.EMPTY));
        tables.applied = applied;
        return tables;
    }

    @Nullable
    User userByName(String username) {
        UUID id = idsByName.get(username);
        return id == null ? null : usersById.get(id);
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

    List<User> users() {
        return List.copyOf(usersById.values());
    }
}
