package io.muster.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries bytes from one socket to another, under the conditions of a way. The end of a connection travels like its bytes: it too
 * is late, or stays on the way.
 */
final class Pump {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int CHUNKS_ON_THE_WAY = 256;

    /** The end, where it holds nothing. */
    private record Chunk(ByteBuffer bytes, long readNanos) {}

    private final Socket from;
    private final Socket to;
    private final Way way;
    private final BlockingQueue<Chunk> onTheWay = new ArrayBlockingQueue<>(CHUNKS_ON_THE_WAY);
    private final Runnable whenEnded;

    /** @param whenEnded called, perhaps twice, when nothing will be carried any more */
    Pump(Socket from, Socket to, Way way, Runnable whenEnded) {
        this.from = from;
        this.to = to;
        this.way = way;
        this.whenEnded = whenEnded;
    }

    void start() {
        var _ = Thread.ofVirtual().start(this::read);
        var _ = Thread.ofVirtual().start(this::write);
    }

    private void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                onTheWay.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, count)), System.nanoTime()));
            }
        } catch (IOException e) {
            // The other end is told by the end of its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        try {
            onTheWay.put(new Chunk(ByteBuffer.allocate(0), System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            whenEnded.run();
        }
    }

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = next(); chunk.bytes().hasRemaining(); chunk = next()) {
                out.write(chunk.bytes().array());
                LockSupport.parkNanos(way.nanosFor(chunk.bytes().capacity()));
            }
        } catch (IOException e) {
            onTheWay.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        whenEnded.run();
    }

    private Chunk next() throws IOException, InterruptedException {
        Chunk chunk = onTheWay.take();
        long arrivalNanos = chunk.readNanos() + way.delayNanos();
        for (long left = arrivalNanos - System.nanoTime(); left > 0; left = arrivalNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        way.awaitOpen();
        return chunk;
    }
}
