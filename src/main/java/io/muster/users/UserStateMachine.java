package io.muster.users;

import io.muster.node.StateDigest;
import io.muster.node.StateMachine;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.Payload;
import io.muster.users.store.AppliedState;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the registry's commands to a {@link UserStore}: deterministic, one atomic write a batch, the applied index in it.
 * {@link #apply} is for one thread at a time and throws {@link ApplyException} or the store's exceptions, all fatal.
 */
public final class UserStateMachine implements StateMachine {

    /** Age at which an idempotency record may be forgotten, by the time stamps of the log: equal on all replicas, for ever. */
    public static final Duration REQUEST_LIFETIME = Duration.ofHours(24);

    /** How many expired records one registration forgets: more than it adds, so that they cannot pile up. */
    static final int FORGOTTEN_PER_ENTRY = 8;

    private final UserStore store;
    private final long requestLifetimeMillis;
    /** No record is older; spares the store from reading over what was removed before. */
    private long oldestRequestMillis;
    /** Where this state machine left the state: a snapshot may have taken its place since. */
    private LogStart leftAt;

    /**
     * A state machine over {@code store}, whose only writer it is.
     *
     * @param requestLifetime {@link #REQUEST_LIFETIME}, but in simulations that last no day
     */
    public UserStateMachine(UserStore store, Duration requestLifetime) {
        this.store = store;
        this.requestLifetimeMillis = requestLifetime.toMillis();
        this.leftAt = store.applied();
    }

    @Override
    public long appliedIndex() {
        return store.appliedIndex();
    }

    @Override
    public StateDigest digest() {
        AppliedState now = store.appliedState();
        return new StateDigest(now.last().index(), now.hash().toBytes());
    }

    @Override
    public List<Bytes> apply(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        checkOrder(entries);
        if (!leftAt.equals(store.applied())) {
            oldestRequestMillis = 0;
        }
        PendingState state = new PendingState(store, oldestRequests(entries));
        List<Bytes> results = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            results.add(
                    switch (entry.payload()) {
                        case Payload.NoOp() -> Bytes.EMPTY;
                        case Payload.Command(Bytes content) ->
                            ResultCodec.encode(
                                    apply(CommandCodec.decode(entry.index(), content), entry.timeMillis(), state));
                    });
        }
        leftAt = stateAt(entries.getLast());
        store.write(state.toBatch(leftAt));
        return results;
    }

    /** Always checked: applying twice, leaving out, or going back in time would let replicas diverge. */
    private void checkOrder(List<Entry> entries) {
        long expected = store.appliedIndex();
        long lastMillis = store.applied().timeMillis();
        for (Entry entry : entries) {
            expected++;
            if (entry.index() != expected) {
                throw new ApplyException(entry.index(), "entry " + expected + " is next", null);
            }
            if (entry.timeMillis() < lastMillis) {
                throw new ApplyException(entry.index(), "its time stamp is below that of the entry before", null);
            }
            lastMillis = entry.timeMillis();
        }
    }

    private static LogStart stateAt(Entry last) {
        return new LogStart(last.index(), last.term(), last.timeMillis());
    }

    private List<RequestStamp> oldestRequests(List<Entry> entries) {
        long live = firstLiveMillis(entries.getLast().timeMillis());
        return store.oldestRequests(oldestRequestMillis, live, FORGOTTEN_PER_ENTRY * entries.size());
    }

    private RegistryResult apply(RegistryCommand command, long timeMillis, PendingState state) {
        return switch (command) {
            case RegisterCommand registration -> register(registration, timeMillis, state);
            case AccountCommand change -> AccountChanges.apply(change, timeMillis, state);
            case ByAdministrator asked ->
                mayAsk(asked, state) ? apply(asked.command(), timeMillis, state) : ChangeResult.DENIED;
            case AddFirstAdministrator(User user) -> addFirstAdministrator(user, state);
            case ImportUsers(List<User> users) -> UserImports.apply(users, state);
            case AddSigningKey addition -> SigningKeyChanges.apply(addition, timeMillis, state);
        };
    }

    private static boolean mayAsk(ByAdministrator asked, PendingState state) {
        User administrator = state.user(asked.administratorId());
        return administrator != null
                && administrator.access().administers()
                && administrator.access().epoch() == asked.expectedEpoch();
    }

    private static RegistryResult addFirstAdministrator(User user, PendingState state) {
        if (state.hasAdministratorBeside(user.id())) {
            return ChangeResult.OUTDATED;
        }
        if (state.isTaken(user)) {
            return new RegisterResult.Conflict();
        }
        state.put(user);
        return ChangeResult.DONE;
    }

    private RegisterResult register(RegisterCommand command, long timeMillis, PendingState state) {
        forgetExpired(timeMillis, state);
        Bytes key = command.requestKey();
        Request seen = key == null ? null : state.request(key);
        if (seen != null) {
            return new RegisterResult.Replayed(seen.user());
        }
        if (state.isTaken(command.user())) {
            return new RegisterResult.Conflict();
        }
        state.put(command.user());
        if (key != null) {
            state.add(new Request(new RequestStamp(timeMillis, key), command.user()));
        }
        return new RegisterResult.Registered();
    }

    private void forgetExpired(long timeMillis, PendingState state) {
        for (int i = 0; i < FORGOTTEN_PER_ENTRY; i++) {
            RequestStamp forgotten = state.forgetOldest(firstLiveMillis(timeMillis));
            if (forgotten == null) {
                return;
            }
            oldestRequestMillis = forgotten.timeMillis();
        }
    }

    private long firstLiveMillis(long nowMillis) {
        return nowMillis - requestLifetimeMillis + 1;
    }
}
