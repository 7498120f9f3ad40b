package io.muster.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.muster.storage.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk that times what makes files durable, as {@code muster.disk.sync}. As thread-safe as the disk behind it. */
public final class TimedDisk implements Disk {

    private final Disk disk;
    private final Timer syncs;

    public TimedDisk(Disk disk, MeterRegistry registry) {
        this.disk = disk;
        this.syncs = Timer.builder("muster.disk.sync")
                .description("syncs of the log, the vote and the identity, and of their directories")
                .register(registry);
    }

    @Override
    public boolean lock() throws IOException {
        return disk.lock();
    }

    @Override
    public void createDirectory(String path) throws IOException {
        disk.createDirectory(path);
    }

    @Override
    public List<String> list(String path) throws IOException {
        return disk.list(path);
    }

    @Override
    public boolean exists(String path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public File open(String path) throws IOException {
        return new TimedFile(disk.open(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        Timer.Sample sample = Timer.start();
        disk.syncDirectory(path);
        sample.stop(syncs);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    @Override
    public String toString() {
        return disk.toString();
    }

    private final class TimedFile implements File {

        private final File file;

        private TimedFile(File file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer buffer, long position) throws IOException {
            return file.read(buffer, position);
        }

        @Override
        public void write(ByteBuffer buffer, long position) throws IOException {
            file.write(buffer, position);
        }

        @Override
        public void sync() throws IOException {
            Timer.Sample sample = Timer.start();
            file.sync();
            sample.stop(syncs);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
