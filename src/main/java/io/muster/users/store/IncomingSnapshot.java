package io.muster.users.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The directory of a snapshot that is being received: {@code id} (the sender's name for it, 8 bytes, its length, 8, and
 * their CRC32C, 4), {@code manifest} and {@code state/}.
 *
 * @param directory that one
 */
record IncomingSnapshot(Path directory) {

    private static final int ID_BYTES = 2 * Long.BYTES + Integer.BYTES;

    private Path id() {
        return directory.resolve("id");
    }

    Path manifest() {
        return directory.resolve("manifest");
    }

    Path state() {
        return directory.resolve("state");
    }

    /**
     * Whether it is of that snapshot, and so can be gone on with. Without the files, a crash came while it was being deleted,
     * or after they were moved away.
     */
    boolean isOf(long snapshot, long bytes) {
        return Directories.exists(id())
                && Directories.exists(state())
                && Directories.run(
                        "read",
                        id(),
                        () -> ByteBuffer.wrap(Files.readAllBytes(id())).equals(idOf(snapshot, bytes)));
    }

    /** Begins anew. */
    void begin(long snapshot, long bytes) {
        Directories.delete(directory);
        Directories.create(directory);
        Directories.create(state());
        try (FileChannel file = Directories.append(id())) {
            file.write(idOf(snapshot, bytes));
            file.force(true);
        } catch (IOException e) {
            throw new UserStoreException.DiskFailed("cannot write " + id() + ": " + e, e);
        }
        Directories.sync(directory);
        Directories.sync(Directories.parent(directory));
    }

    private static ByteBuffer idOf(long snapshot, long bytes) {
        ByteBuffer content = ByteBuffer.allocate(ID_BYTES).putLong(snapshot).putLong(bytes);
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate().flip());
        return content.putInt((int) crc.getValue()).flip();
    }
}
