package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.node.SnapshotStore;
import io.muster.raft.LogStart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} does for its {@link UserStore}. */
abstract class SnapshotStoreContract {

    /** A prime, so that chunks end anywhere. */
    private static final int CHUNK_BYTES = 997;

    private static final int USERS = 300;
    private static final User GHOST = user(1_000_000);

    private Replica sender;
    private Replica receiver;

    /**
     * A state and its snapshots.
     *
     * @param store the state
     * @param snapshots its snapshots
     */
    record Replica(UserStore store, SnapshotStore snapshots) {}

    /** Opens the state of that name, with what survived, beside a log that starts there. */
    abstract Replica open(String name, LogStart logStart);

    @BeforeEach
    void openBoth() {
        sender = open("sender", LogStart.ZERO);
        receiver = open("receiver", LogStart.ZERO);
        write(sender, 1, USERS);
        sender.store().write(new Batch(List.of(new Change.PutRequest(request(7))), at(USERS + 1)));
        receiver.store().write(new Batch(List.of(new Change.PutUser(GHOST), new Change.PutRequest(request(8))), at(5)));
        receiver.store().flush();
    }

    @AfterEach
    void closeBoth() {
        sender.store().close();
        receiver.store().close();
    }

    static User user(int number) {
        return new User(new UUID(7, number), "user" + number, new PasswordHash("$argon2id$" + "x".repeat(90)), number);
    }

    private static Request request(int key) {
        return new Request(new RequestStamp(1_700_000_000_000L + key, UserStoreContract.key(key)), user(key));
    }

    static LogStart at(long index) {
        return UserStoreContract.at(index);
    }

    static void write(Replica replica, int from, int to) {
        for (int i = from; i <= to; i++) {
            replica.store().write(new Batch(List.of(new Change.PutUser(user(i))), at(i)));
        }
    }

    static byte[] content(SnapshotSource source) {
        ByteBuffer content = ByteBuffer.allocate((int) source.bytes());
        source.read(0, content);
        assertThat(content.hasRemaining()).isFalse();
        return content.array();
    }

    /** Sends what is missing up to {@code to}, chunk by chunk. */
    private static void send(SnapshotSource source, SnapshotSink sink, long to) {
        while (sink.received() < to) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - sink.received()));
            source.read(sink.received(), chunk);
            sink.write(chunk.flip());
        }
    }

    private LogStart transfer(SnapshotSource source) throws DamagedSnapshotException {
        try (SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
            send(source, sink, source.bytes());
            return sink.complete();
        }
    }

    private void assertReceiverIsAs(UserStore expected) {
        UserStore found = receiver.store();
        assertThat(found.appliedState()).isEqualTo(expected.appliedState());
        assertThat(found.verify()).isEqualTo(expected.verify());
        assertThat(found.userByName("user17")).isEqualTo(user(17));
        assertThat(found.userById(user(USERS).id())).isEqualTo(user(USERS));
        assertThat(found.request(UserStoreContract.key(7))).isEqualTo(request(7));
        assertThat(found.oldestRequests(0, Long.MAX_VALUE, 10))
                .containsExactly(request(7).stamp());
        assertThat(found.userByName(GHOST.username())).isNull();
        assertThat(found.userById(GHOST.id())).isNull();
        assertThat(found.request(UserStoreContract.key(8))).isNull();
    }

    private void assertReceiverIsUnchanged() {
        assertThat(receiver.store().applied()).isEqualTo(at(5));
        assertThat(receiver.store().verify()).isEqualTo(receiver.store().appliedState());
        assertThat(receiver.store().userByName(GHOST.username())).isEqualTo(GHOST);
        assertThat(receiver.store().userByName("user17")).isNull();
    }

    private void reopenReceiver(LogStart logStart) {
        receiver.store().close();
        receiver = open("receiver", logStart);
    }

    @Test
    void flushesAndSaysUpToWhere() {
        assertThat(sender.snapshots().flush()).isEqualTo(at(USERS + 1));
    }

    @Test
    void replacesTheStateWithThatOfAnother() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            assertThat(source.last()).isEqualTo(at(USERS + 1));
            LogStart last = transfer(source);
            assertThat(last).isEqualTo(source.last());
            assertReceiverIsUnchanged();

            receiver.snapshots().install(last);
        }
        assertReceiverIsAs(sender.store());
    }

    @Test
    void goesOnFromWhatItInstalled() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            receiver.snapshots().install(transfer(source));
        }
        write(sender, USERS + 2, USERS + 20);
        write(receiver, USERS + 2, USERS + 20);
        assertReceiverIsAs(sender.store());

        reopenReceiver(at(USERS + 1));
        assertReceiverIsAs(sender.store());
    }

    @Test
    void keepsWhatItInstalledOverAReopen() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            receiver.snapshots().install(transfer(source));
        }

        reopenReceiver(at(USERS + 1));

        assertReceiverIsAs(sender.store());
    }

    @Test
    void completesAnInstallThatAStopCameBefore() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            transfer(source);
        }

        reopenReceiver(at(USERS + 1));

        assertReceiverIsAs(sender.store());
    }

    @Test
    void dropsWhatItReceivedWhereTheLogDoesNotStartBehindIt() throws Exception {
        for (LogStart logStart : List.of(LogStart.ZERO, at(USERS), at(USERS + 2), new LogStart(USERS + 1, 9999, 0))) {
            try (SnapshotSource source = sender.snapshots().take()) {
                transfer(source);
            }

            reopenReceiver(logStart);

            assertReceiverIsUnchanged();
            assertThatThrownBy(() -> receiver.snapshots().install(at(USERS + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void forgetsWhatItReceivedWhenItIsDiscarded() throws Exception {
        receiver.snapshots().discard();
        try (SnapshotSource source = sender.snapshots().take()) {
            LogStart last = transfer(source);
            receiver.snapshots().discard();
            assertThatThrownBy(() -> receiver.snapshots().install(last)).isInstanceOf(IllegalArgumentException.class);
        }
        assertReceiverIsUnchanged();

        reopenReceiver(at(USERS + 1));

        assertReceiverIsUnchanged();
    }

    @Test
    void neverGoesBackToASnapshotThatIsBehindItsState() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            LogStart last = transfer(source);
            write(receiver, 6, USERS + 9);
            assertThatThrownBy(() -> receiver.snapshots().install(last)).isInstanceOf(IllegalArgumentException.class);
        }

        reopenReceiver(at(USERS + 1));

        assertThat(receiver.store().applied()).isEqualTo(at(USERS + 9));
    }

    @Test
    void installsNothingButWhatIsComplete() throws Exception {
        assertThatThrownBy(() -> receiver.snapshots().install(at(USERS + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        try (SnapshotSource source = sender.snapshots().take();
                SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
            send(source, sink, source.bytes());
            assertThatThrownBy(() -> receiver.snapshots().install(at(USERS + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            sink.complete();
            assertThatThrownBy(() -> receiver.snapshots().install(at(USERS + 2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertReceiverIsUnchanged();
    }

    @Test
    void doesNotChangeWhileItIsRead() {
        try (SnapshotSource source = sender.snapshots().take()) {
            byte[] before = content(source);
            write(sender, USERS + 2, USERS + 2000);
            sender.store().flush();

            assertThat(content(source)).isEqualTo(before);
            assertThat(source.last()).isEqualTo(at(USERS + 1));
        }
    }

    @Test
    void readsAnyPart() {
        try (SnapshotSource source = sender.snapshots().take()) {
            byte[] whole = content(source);
            assertThat(whole).hasSize((int) source.bytes());
            for (int offset = 0; offset < whole.length; offset += 1009) {
                ByteBuffer part = ByteBuffer.allocate(5000);
                source.read(offset, part);
                int expected = Math.min(5000, whole.length - offset);
                assertThat(part.flip()).isEqualTo(ByteBuffer.wrap(whole, offset, expected));
            }
        }
    }

    @Test
    void namesEachSnapshotAnew() {
        try (SnapshotSource one = sender.snapshots().take();
                SnapshotSource other = sender.snapshots().take()) {
            assertThat(one.id()).isNotEqualTo(other.id());
        }
    }

    @Test
    void takesNoneOfAStateToWhichNothingWasApplied() {
        Replica empty = open("empty", LogStart.ZERO);
        try (UserStore closing = empty.store()) {
            assertThat(closing.applied()).isEqualTo(LogStart.ZERO);
            assertThatThrownBy(() -> empty.snapshots().take()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void goesOnReceivingWhereverItWasInterrupted() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            for (long stop = 0; stop <= source.bytes(); stop += 1 + source.bytes() / 12) {
                try (SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
                    assertThat(sink.received()).isLessThanOrEqualTo(stop);
                    send(source, sink, stop);
                }
                reopenReceiver(LogStart.ZERO);
                try (SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
                    assertThat(sink.received()).isEqualTo(stop);
                }
            }
            assertThat(transfer(source)).isEqualTo(source.last());
        }
        receiver.snapshots().install(at(USERS + 1));
        assertReceiverIsAs(sender.store());
    }

    @Test
    void beginsAnewWithAnotherSnapshot() throws Exception {
        try (SnapshotSource one = sender.snapshots().take();
                SnapshotSource other = sender.snapshots().take()) {
            try (SnapshotSink sink = receiver.snapshots().receive(one.id(), one.bytes())) {
                send(one, sink, one.bytes() / 2);
            }
            try (SnapshotSink sink = receiver.snapshots().receive(other.id(), other.bytes())) {
                assertThat(sink.received()).isZero();
            }
            try (SnapshotSink sink = receiver.snapshots().receive(other.id(), other.bytes() + 1)) {
                assertThat(sink.received()).isZero();
            }
            receiver.snapshots().install(transfer(one));
        }
        assertReceiverIsAs(sender.store());
    }

    @Test
    void refusesASnapshotThatIsNotWhole() {
        try (SnapshotSource source = sender.snapshots().take()) {
            for (long bytes : List.of(0L, 1L, 20L, source.bytes() / 2, source.bytes() - 1)) {
                try (SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
                    send(source, sink, bytes);
                    assertThatThrownBy(sink::complete).isInstanceOf(DamagedSnapshotException.class);
                }
            }
        }
        assertReceiverIsUnchanged();
    }

    @Test
    void refusesALengthThatIsNotItsOwn() {
        try (SnapshotSource source = sender.snapshots().take()) {
            for (long bytes : List.of(1L, 10L, source.bytes() - 1, source.bytes() + 1, Long.MAX_VALUE)) {
                try (SnapshotSink sink = receiver.snapshots().receive(3, bytes)) {
                    sink.write(ByteBuffer.wrap(content(source)));
                    assertThatThrownBy(sink::complete).isInstanceOf(DamagedSnapshotException.class);
                }
            }
        }
        assertReceiverIsUnchanged();
    }

    @Test
    void refusesDamageAnywhereAndReceivesTheSameAnewThen() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            byte[] content = content(source);
            for (int offset : offsets(content.length)) {
                byte[] damaged = content.clone();
                damaged[offset] ^= 0x20;
                try (SnapshotSink sink = receiver.snapshots().receive(source.id(), source.bytes())) {
                    assertThat(sink.received()).as("nothing damaged is kept").isZero();
                    sink.write(ByteBuffer.wrap(damaged));
                    assertThatThrownBy(sink::complete)
                            .as("damage at %s", offset)
                            .isInstanceOf(DamagedSnapshotException.class);
                }
            }
            assertReceiverIsUnchanged();
            receiver.snapshots().install(transfer(source));
        }
        assertReceiverIsAs(sender.store());
    }

    /** Some of the first bytes, and fewer of the rest. */
    private static List<Integer> offsets(int length) {
        List<Integer> offsets = new ArrayList<>();
        for (int offset = 0; offset < length; offset += offset < 400 ? 13 : length / 20) {
            offsets.add(offset);
        }
        offsets.add(length - 1);
        return offsets;
    }

    @Test
    void readersWaitForAnInstallAndThenSeeTheNewState() throws Exception {
        try (SnapshotSource source = sender.snapshots().take()) {
            LogStart last = transfer(source);
            List<Thread> readers = new ArrayList<>();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 2; i++) {
                Thread reader = Thread.ofPlatform().start(this::readUntilInstalled);
                reader.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
                readers.add(reader);
            }
            receiver.snapshots().install(last);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    private void readUntilInstalled() {
        while (receiver.store().appliedIndex() < USERS) {
            User found = receiver.store().userByName(GHOST.username());
            assertThat(found == null || found.equals(GHOST)).isTrue();
        }
        assertThat(receiver.store().userByName("user17")).isEqualTo(user(17));
    }
}
