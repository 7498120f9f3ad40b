package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps every command it was given, and answers with it. Its snapshots are the commands, one after the other. */
final class RecordingStateMachine implements StateMachine, SnapshotStore {

    private final List<Bytes> commands = new ArrayList<>();
    private LogStart applied = LogStart.ZERO;
    private long lastSnapshot;
    private ByteBuffer incoming = ByteBuffer.allocate(0);
    private int snapshotsTaken;
    private int snapshotsOpen;
    private int snapshotsBegun;
    private int snapshotsCancelled;
    private int snapshotsDiscarded;
    private boolean refusesSnapshots;

    List<Bytes> commands() {
        return commands;
    }

    int snapshotsTaken() {
        return snapshotsTaken;
    }

    /** Those that were taken and are not closed yet. */
    int snapshotsOpen() {
        return snapshotsOpen;
    }

    /** How many it has begun to receive. */
    int snapshotsBegun() {
        return snapshotsBegun;
    }

    /** How many of these are not to be checked any more. */
    int snapshotsCancelled() {
        return snapshotsCancelled;
    }

    /** How many were received in vain. */
    int snapshotsDiscarded() {
        return snapshotsDiscarded;
    }

    /** Whether it finds damage in all that it receives. */
    void refuseSnapshots(boolean refuse) {
        refusesSnapshots = refuse;
    }

    @Override
    public long appliedIndex() {
        return applied.index();
    }

    /** As damage that no checksum finds. */
    void spoil() {
        commands.add(Bytes.copyOf(new byte[] {-1}));
    }

    @Override
    public StateDigest digest() {
        return new StateDigest(
                applied.index(),
                Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(commands.hashCode())
                        .array()));
    }

    @Override
    public List<Bytes> apply(List<Entry> entries) {
        return entries.stream().map(this::apply).toList();
    }

    private Bytes apply(Entry entry) {
        if (entry.index() != applied.index() + 1) {
            throw new IllegalStateException("entry " + entry.index() + " after " + applied);
        }
        applied = new LogStart(entry.index(), entry.term(), entry.timeMillis());
        if (entry.payload() instanceof Payload.Command(Bytes content)) {
            commands.add(content);
            return content;
        }
        return Bytes.EMPTY;
    }

    @Override
    public LogStart flush() {
        return applied;
    }

    @Override
    public SnapshotSource take() {
        snapshotsTaken++;
        snapshotsOpen++;
        int size = commands.stream()
                .mapToInt(command -> Integer.BYTES + command.size())
                .sum();
        ByteBuffer content = ByteBuffer.allocate(3 * Long.BYTES + size);
        content.putLong(applied.index()).putLong(applied.term()).putLong(applied.timeMillis());
        commands.forEach(command -> content.putInt(command.size()).put(command.toByteArray()));
        return new Source(++lastSnapshot, applied, content.flip(), () -> snapshotsOpen--);
    }

    private record Source(long id, LogStart last, ByteBuffer content, Runnable closed) implements SnapshotSource {

        @Override
        public long bytes() {
            return content.limit();
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            into.put(content.slice((int) offset, (int) Math.min(into.remaining(), content.limit() - offset)));
        }

        @Override
        public void close() {
            closed.run();
        }
    }

    @Override
    public SnapshotSink receive(long snapshot, long bytes) {
        snapshotsBegun++;
        incoming = ByteBuffer.allocate((int) bytes);
        return new SnapshotSink() {
            @Override
            public long received() {
                return incoming.position();
            }

            @Override
            public void write(ByteBuffer chunk) {
                incoming.put(chunk);
            }

            @Override
            public LogStart complete() throws DamagedSnapshotException {
                if (refusesSnapshots) {
                    throw new DamagedSnapshotException("it is damaged");
                }
                incoming.flip();
                return new LogStart(incoming.getLong(), incoming.getLong(), incoming.getLong());
            }

            @Override
            public void cancel() {
                snapshotsCancelled++;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void discard() {
        snapshotsDiscarded++;
    }

    @Override
    public void install(LogStart last) {
        commands.clear();
        while (incoming.hasRemaining()) {
            byte[] command = new byte[incoming.getInt()];
            incoming.get(command);
            commands.add(Bytes.copyOf(command));
        }
        applied = last;
    }
}
