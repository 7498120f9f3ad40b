package io.muster.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** A file of {@link MemoryDisk}: what the page cache holds, what the platter holds, and the sectors that differ. */
final class MemoryFile {

    private byte[] cached;
    private byte[] durable;
    private int size;
    private int durableSize;
    private final BitSet dirty = new BitSet();

    MemoryFile(byte[] content) {
        this.cached = content.clone();
        this.durable = content.clone();
        this.size = content.length;
        this.durableSize = content.length;
    }

    int size() {
        return size;
    }

    byte[] content() {
        return Arrays.copyOf(cached, size);
    }

    int read(ByteBuffer buffer, int position) {
        int count = Math.clamp(size - position, 0, buffer.remaining());
        buffer.put(cached, Math.min(position, size), count);
        return count;
    }

    void write(ByteBuffer source, int position) {
        int end = position + source.remaining();
        if (end == position) {
            return;
        }
        reserve(end);
        source.get(cached, position, end - position);
        size = Math.max(size, end);
        dirty.set(position / Sectors.BYTES, (end - 1) / Sectors.BYTES + 1);
    }

    private void reserve(int end) {
        int capacity = Sectors.roundUp(end);
        if (capacity > cached.length || cached.length % Sectors.BYTES != 0) {
            int room = Math.max(capacity, Sectors.roundUp(cached.length * 2));
            cached = Arrays.copyOf(cached, room);
            durable = Arrays.copyOf(durable, room);
        }
    }

    void sync() {
        dirty.stream().forEach(sector -> copySector(sector, durable));
        durableSize = size;
        dirty.clear();
    }

    /** As Linux does: the pages count as clean, although they never reached the platter. */
    void failSync() {
        dirty.clear();
    }

    private void copySector(int sector, byte[] target) {
        System.arraycopy(cached, sector * Sectors.BYTES, target, sector * Sectors.BYTES, Sectors.BYTES);
    }

    MemoryFile afterKill() {
        MemoryFile copy = new MemoryFile(new byte[0]);
        copy.cached = cached.clone();
        copy.durable = durable.clone();
        copy.size = size;
        copy.durableSize = durableSize;
        copy.dirty.or(dirty);
        return copy;
    }

    /** What is left when each unsynced sector had that chance to be written, and so had the size. */
    MemoryFile afterPowerLoss(RandomGenerator random, double chance) {
        byte[] left = durable.clone();
        int leftSize = random.nextDouble() < chance ? size : durableSize;
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            if (random.nextDouble() < chance) {
                copySector(sector, left);
                leftSize = Math.max(leftSize, Math.min(size, (sector + 1) * Sectors.BYTES));
            }
        }
        return new MemoryFile(Arrays.copyOf(left, leftSize));
    }
}
