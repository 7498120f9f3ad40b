package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds log entries for tests. */
final class CommandLog {

    static final PasswordHash HASH =
            new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0");

    private final List<Entry> entries = new ArrayList<>();
    private long timeMillis;

    CommandLog(long timeMillis) {
        this.timeMillis = timeMillis;
    }

    static Bytes key(int number) {
        return Bytes.copyOf(ByteBuffer.allocate(32).putInt(28, number).array());
    }

    static User user(int number, String username) {
        return new User(new UUID(7, number), username, HASH, 1_000L + number);
    }

    CommandLog later(long millis) {
        timeMillis += millis;
        return this;
    }

    CommandLog register(User user, @Nullable Bytes requestKey) {
        return command(new RegisterCommand(user.withRequestKey(requestKey)));
    }

    CommandLog command(RegistryCommand command) {
        return add(new Payload.Command(CommandCodec.encode(command)));
    }

    CommandLog noOp() {
        return add(new Payload.NoOp());
    }

    CommandLog add(Payload payload) {
        entries.add(new Entry(entries.size() + 1, 1, timeMillis, payload));
        return this;
    }

    /** All entries after {@code index}. */
    List<Entry> after(long index) {
        return List.copyOf(entries.subList((int) index, entries.size()));
    }
}
