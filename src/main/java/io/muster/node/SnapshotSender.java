package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Input;
import io.muster.raft.NodeId;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one snapshot to one follower, a chunk at a time, no faster than it may. What fails is tried again from where the
 * follower is, until it makes no progress for long. For the event loop; reading happens on the fetch worker.
 */
final class SnapshotSender {

    private static final long RETRY_NANOS = 200_000_000L;
    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    /** What the pace may make up for after a pause. */
    private static final long BURST_NANOS = 50_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    /** What all senders of a replica share. */
    record Parts(
            SnapshotStore store,
            Transport transport,
            Clock clock,
            Executor worker,
            Consumer<Event> report,
            FatalHandler fatal,
            ReplicaObserver observer,
            long bytesPerSecond) {}

    private final Parts parts;
    private final NodeId peer;
    private final long term;
    private final GrowingPause pause;
    private final double bytesPerNano;

    private @Nullable SnapshotSource source;
    private long offset;
    private boolean busy;
    private boolean ended;
    private long mayGoOnNanos;
    private long lastProgressNanos;

    /**
     * Does nothing yet.
     *
     * @param pause for this peer: how long to wait before anything is done, told of how this ends
     */
    SnapshotSender(Parts parts, NodeId peer, long term, GrowingPause pause) {
        this.parts = parts;
        this.peer = peer;
        this.term = term;
        this.pause = pause;
        this.bytesPerNano = parts.bytesPerSecond() / NANOS_PER_SECOND;
        this.mayGoOnNanos = parts.clock().nanoTime() + pause.nanos();
    }

    long term() {
        return term;
    }

    boolean ended() {
        return ended;
    }

    private void take() {
        busy = true;
        onWorker(() -> {
            SnapshotSource taken = parts.store().take();
            onLoop(() -> taken(taken));
        });
    }

    private void taken(SnapshotSource snapshot) {
        source = snapshot;
        busy = false;
        // A large state takes a while to copy, and no follower is to blame for that.
        lastProgressNanos = parts.clock().nanoTime();
        if (ended) {
            closeSource();
        } else {
            parts.observer().snapshotTaken(peer, snapshot.last(), snapshot.bytes());
            goOn();
        }
    }

    /** Takes the snapshot, or sends its next chunk, if it is time. */
    void goOn() {
        long nowNanos = parts.clock().nanoTime();
        if (ended || busy || nowNanos < mayGoOnNanos) {
            return;
        }
        if (source == null) {
            take();
        } else if (nowNanos - lastProgressNanos > GIVE_UP_NANOS) {
            giveUp("it makes no progress");
        } else {
            sendNext(source);
        }
    }

    private void sendNext(SnapshotSource from) {
        busy = true;
        long at = offset;
        onWorker(() -> send(from, at));
    }

    private void send(SnapshotSource from, long at) {
        int length = (int) Math.min(SnapshotChunk.MAX_BYTES, from.bytes() - at);
        ByteBuffer data = ByteBuffer.allocate(length);
        from.read(at, data);
        SnapshotChunk chunk = SnapshotChunk.of(term, from.id(), from.bytes(), at, Bytes.copyOf(data.array()));
        var _ = parts.transport()
                .sendSnapshot(peer, chunk)
                .whenComplete((progress, failure) -> onLoop(() -> answered(from, at + length, progress)));
    }

    private void answered(SnapshotSource from, long sentUpTo, @Nullable SnapshotProgress progress) {
        busy = false;
        if (ended) {
            closeSource();
        } else if (progress == null || progress.receivedBytes() > from.bytes()) {
            mayGoOnNanos = parts.clock().nanoTime() + RETRY_NANOS;
        } else if (progress.term() > term) {
            giveUp("it knows of a newer term");
        } else if (progress.complete()) {
            parts.observer().snapshotSent(peer, from.last());
            pause.succeeded();
            end(from.last().index());
        } else if (progress.receivedBytes() == 0 && offset == from.bytes()) {
            // What was sent whole was refused: this copy may be at fault, so it is not sent again.
            giveUp("it was refused");
        } else {
            goOnFrom(progress.receivedBytes(), sentUpTo);
        }
    }

    /** The pace is that of the bytes sent; while the follower checks what it has, it is slower. */
    private void goOnFrom(long received, long sentUpTo) {
        long nowNanos = parts.clock().nanoTime();
        if (received > offset) {
            lastProgressNanos = nowNanos;
            mayGoOnNanos = Math.max(mayGoOnNanos, nowNanos - BURST_NANOS) + (long) ((sentUpTo - offset) / bytesPerNano);
        } else {
            mayGoOnNanos = nowNanos + RETRY_NANOS;
        }
        offset = received;
        goOn();
    }

    /** This replica leads no more, or stops. */
    void cancel() {
        ended = true;
        if (!busy) {
            closeSource();
        }
    }

    private void giveUp(String why) {
        parts.observer().snapshotGivenUp(peer, why);
        pause.failed();
        end(Input.SnapshotEnded.NOT_SENT);
    }

    private void end(long lastIndex) {
        cancel();
        parts.report().accept(new Event.SnapshotEnded(peer, term, lastIndex));
    }

    private void closeSource() {
        SnapshotSource closing = source;
        source = null;
        if (closing != null) {
            onWorker(closing::close);
        }
    }

    private void onLoop(Runnable next) {
        parts.report().accept(new Event.OnLoop(next));
    }

    private void onWorker(Runnable task) {
        parts.worker().execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                parts.fatal().fatal(e);
            }
        });
    }
}
