package io.muster.storage;

import io.muster.storage.StorageException.Damaged;
import io.muster.storage.StorageException.Foreign;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A small file that is replaced whole: temporary file, sync, rename, sync of the directory.
 *
 * <p>Magic (8 bytes), format version (4), length of the body (4), CRC32C of all the rest (4), body. This envelope stays
 * the same in every version, so that damage to the version is not mistaken for a newer one.
 */
final class RecordFile {

    static final int VERSION = 1;

    private static final int HEADER_BYTES = 20;
    private static final int CHECKSUM_OFFSET = 16;
    private static final int MAX_BYTES = 1 << 16;

    private final FailStopDisk disk;
    private final String name;
    private final String directory;
    private final long magic;

    RecordFile(FailStopDisk disk, String name, long magic) {
        this.disk = disk;
        this.name = name;
        this.directory = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
        this.magic = magic;
    }

    /** The body, null when there is no such file. */
    @Nullable
    RecordReader read() {
        if (!disk.exists(name)) {
            return null;
        }
        ByteBuffer content = content();
        if (content.limit() < HEADER_BYTES || content.getLong(0) != magic) {
            throw Damaged.at(name, 0, "it does not begin as such a file");
        }
        if (content.getInt(12) != content.limit() - HEADER_BYTES || content.getInt(CHECKSUM_OFFSET) != crc(content)) {
            throw Damaged.at(name, CHECKSUM_OFFSET, "its checksum is wrong");
        }
        int version = content.getInt(8);
        if (version != VERSION) {
            throw new Foreign(name + " has format version " + version + ", and this version of Muster reads " + VERSION
                    + ": start the version that wrote it");
        }
        return new RecordReader(name, content.position(HEADER_BYTES));
    }

    private ByteBuffer content() {
        try (FailStopDisk.OpenFile file = disk.open(name)) {
            long size = file.size();
            if (size > MAX_BYTES) {
                throw Damaged.at(name, MAX_BYTES, "it is longer than such a file can be");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            file.read(content, 0);
            return content.flip();
        }
    }

    void write(ByteBuffer body) {
        String temporary = temporary();
        try (FailStopDisk.OpenFile file = disk.open(temporary)) {
            file.write(enveloped(body), 0);
            file.sync();
        }
        disk.rename(temporary, name);
        disk.syncDirectory(directory);
    }

    private ByteBuffer enveloped(ByteBuffer body) {
        int length = body.remaining();
        if (length > MAX_BYTES - HEADER_BYTES) {
            throw new IllegalArgumentException(name + " cannot hold " + length + " bytes");
        }
        ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + length);
        content.putLong(magic)
                .putInt(VERSION)
                .putInt(length)
                .putInt(0)
                .put(body)
                .flip();
        return content.putInt(CHECKSUM_OFFSET, crc(content));
    }

    private static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(0, CHECKSUM_OFFSET));
        crc.update(content.slice(HEADER_BYTES, content.limit() - HEADER_BYTES));
        return (int) crc.getValue();
    }

    /** Removes what a crash in {@link #write} left. */
    void removeLeftover() {
        if (disk.exists(temporary())) {
            disk.delete(temporary());
        }
    }

    private String temporary() {
        return name + ".tmp";
    }
}
