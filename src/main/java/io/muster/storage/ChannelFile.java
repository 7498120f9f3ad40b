package io.muster.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of {@link FileDisk}. An interrupt closes the channel that the interrupted thread is using, for everybody
 * (apache/ratis#1245): so readers have a channel apart from the writer's, and open it again when another reader's
 * interrupt closed it.
 */
final class ChannelFile implements Disk.File {

    private final Path path;
    private final FileChannel writer;
    private FileChannel reader;
    private boolean closed;
    private boolean sizeChanged;

    ChannelFile(Path path, FileChannel writer) throws IOException {
        this.path = path;
        this.writer = writer;
        this.reader = FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public long size() throws IOException {
        return reader().size();
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
        int start = buffer.position();
        while (true) {
            try {
                return readFully(reader(), buffer, position);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                if (isClosed()) {
                    throw e;
                }
                buffer.position(start);
            }
        }
    }

    private static int readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        int total = 0;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    private synchronized FileChannel reader() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!reader.isOpen()) {
            reader = FileChannel.open(path, StandardOpenOption.READ);
        }
        return reader;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void write(ByteBuffer buffer, long position) throws IOException {
        sizeChanged |= position + buffer.remaining() > writer.size();
        long at = position;
        while (buffer.hasRemaining()) {
            at += writer.write(buffer, at);
        }
    }

    @Override
    public void sync() throws IOException {
        writer.force(sizeChanged);
        sizeChanged = false;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try {
            writer.close();
        } finally {
            reader.close();
        }
    }
}
