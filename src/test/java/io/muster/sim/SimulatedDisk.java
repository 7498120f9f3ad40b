package io.muster.sim;

import io.muster.sim.DiskConditions.Failing;
import io.muster.storage.Disk;
import io.muster.storage.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One machine's disk: a {@link MemoryDisk} that outlives the processes using it, fails as its conditions say, and can stop
 * in the middle of what is under way.
 */
final class SimulatedDisk implements Disk {

    private final DiskConditions conditions = new DiskConditions();
    private final WrittenFrames frames = new WrittenFrames();
    private MemoryDisk image = new MemoryDisk();
    private int operationsLeft = Integer.MAX_VALUE;

    DiskConditions conditions() {
        return conditions;
    }

    WrittenFrames frames() {
        return frames;
    }

    /** What is on it. */
    MemoryDisk image() {
        return image;
    }

    /** Lets so many changes happen, and none after. */
    void stopAfter(int operations) {
        operationsLeft = operations;
    }

    /** The process has ended: what it wrote stays. */
    void killed() {
        operationsLeft = Integer.MAX_VALUE;
        image = image.afterKill();
    }

    /** The power was gone: of what was not synced, any part is left. */
    void powerLost(long seed) {
        operationsLeft = Integer.MAX_VALUE;
        image = image.afterPowerLoss(seed);
    }

    /** Whether what fails on it is its own fault. */
    boolean isFailing() {
        return conditions.failing() != Failing.NOTHING || operationsLeft == 0;
    }

    private void change(Failing... hit) throws IOException {
        if (operationsLeft == 0) {
            throw new IOException("the process has ended");
        }
        operationsLeft -= operationsLeft == Integer.MAX_VALUE ? 0 : 1;
        failIf(hit);
    }

    private void failIf(Failing... hit) throws IOException {
        for (Failing one : hit) {
            if (conditions.failing() == one) {
                throw new IOException(one == Failing.SPACE ? "No space left on device" : "Input/output error");
            }
        }
    }

    @Override
    public boolean lock() {
        return image.lock();
    }

    @Override
    public void createDirectory(String path) throws IOException {
        change(Failing.WRITES, Failing.SPACE);
        image.createDirectory(path);
    }

    @Override
    public List<String> list(String path) {
        return image.list(path);
    }

    @Override
    public boolean exists(String path) {
        return image.exists(path);
    }

    @Override
    public File open(String path) throws IOException {
        if (!image.exists(path)) {
            change(Failing.WRITES, Failing.SPACE);
        }
        return new OpenFile(path, image.open(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change(Failing.WRITES);
        image.rename(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        change(Failing.WRITES);
        image.delete(path);
        frames.deleted(path);
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        change(Failing.SYNCS);
        image.syncDirectory(path);
    }

    @Override
    public void close() {
        image.close();
    }

    @Override
    public String toString() {
        return "simulated disk";
    }

    private final class OpenFile implements File {

        private final String path;
        private final File file;

        OpenFile(String path, File file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer buffer, long position) throws IOException {
            failIf(Failing.READS);
            return file.read(buffer, position);
        }

        @Override
        public void write(ByteBuffer buffer, long position) throws IOException {
            try {
                change(Failing.WRITES, Failing.SPACE);
            } catch (IOException e) {
                file.write(buffer.slice(buffer.position(), buffer.remaining() / 2), position);
                throw e;
            }
            frames.written(path, position, buffer.remaining());
            file.write(buffer, position);
        }

        @Override
        public void sync() throws IOException {
            if (conditions.failing() == Failing.SYNCS) {
                // As Linux does, the disk in memory takes the pages for clean then.
                image.failAt(image.journal().size(), "Input/output error");
            }
            change();
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
