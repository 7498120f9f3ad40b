package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of a {@link MapUserStore}, and a hash of them that depends on no order. */
final class MapTables {

    private final Map<UUID, User> usersById = new HashMap<>();
    private final Map<String, UUID> idsByName = new HashMap<>();
    private final Map<Bytes, Request> requests = new HashMap<>();
    private final TreeSet<RequestStamp> stamps = new TreeSet<>();
    private long appliedIndex;
    private long hash;

    MapTables copy() {
        MapTables copy = new MapTables();
        copy.usersById.putAll(usersById);
        copy.idsByName.putAll(idsByName);
        copy.requests.putAll(requests);
        copy.stamps.addAll(stamps);
        copy.appliedIndex = appliedIndex;
        copy.hash = hash;
        return copy;
    }

    void take(Batch batch) {
        batch.changes().forEach(this::take);
        appliedIndex = batch.appliedIndex();
    }

    private void take(Change change) {
        switch (change) {
            case Change.PutUser(User user) -> {
                hash += mixed(user) - mixed(usersById.put(user.id(), user));
                hash += mixed(user.id()) - mixed(idsByName.put(user.username(), user.id()));
            }
            case Change.PutRequest(Request request) -> {
                hash += mixed(request) - mixed(requests.put(request.stamp().key(), request));
                hash += stamps.add(request.stamp()) ? mixed(request.stamp()) : 0;
            }
            case Change.RemoveRequest(RequestStamp stamp) -> {
                hash -= mixed(requests.remove(stamp.key()));
                hash -= stamps.remove(stamp) ? mixed(stamp) : 0;
            }
        }
    }

    /** The hash of a record, spread over 64 bits so that sums tell sets apart; 0 for none. */
    private static long mixed(@Nullable Object record) {
        if (record == null) {
            return 0;
        }
        long bits = record.hashCode() * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
        return bits ^ (bits >>> 32);
    }

    long appliedIndex() {
        return appliedIndex;
    }

    long hash() {
        return hash;
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
