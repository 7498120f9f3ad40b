package io.muster.users.store;

import io.muster.node.DamagedSnapshotException;
import io.muster.raft.LogStart;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a snapshot begins with: magic (8 bytes), format version (4), its own length (4), the state (index, term and time
 * stamp of the last entry, hash), the number of files (4), for each the length of its name (4), its name, its length (8) and
 * its CRC32C (4), and the CRC32C of all before (4). The files' bytes follow, in that order.
 *
 * <p>It comes from another replica, so nothing in it is believed: the file names are of the three kinds that RocksDB makes,
 * and name no other directory; lengths and numbers are bounded before anything is allocated for them.
 *
 * @param state what the snapshot is of
 * @param files in the order of their names
 */
record SnapshotManifest(AppliedState state, List<StateFile> files) {

    /** How much of it tells its length. */
    static final int PREFIX_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** Names the manifest of RocksDB that holds. */
    static final String CURRENT = "CURRENT";

    private static final long MAGIC = 0x4d55535445525353L; // "MUSTERSS"
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 1 << 22;
    private static final int FILE_BYTES = 2 * Integer.BYTES + Long.BYTES;
    private static final int FIXED_BYTES = PREFIX_BYTES + 5 * Long.BYTES + 2 * Integer.BYTES;
    private static final int MAX_NAME_BYTES = 32;
    /** {@link #CURRENT} holds one such name and the end of a line. It is read as a whole. */
    private static final int MAX_CURRENT_BYTES = MAX_NAME_BYTES + 1;
    /** As in messages (docs/decisions/0011). */
    private static final long MAX_NUMBER = 1L << 53;

    private static final long MAX_TIME_MILLIS = 1L << 43;
    private static final Pattern NAME = Pattern.compile("CURRENT|MANIFEST-[0-9]{6,20}|[0-9]{6,20}\\.sst");

    /**
     * A file of the state.
     *
     * @param name within its directory
     * @param bytes its length, 1 or greater
     * @param checksum its CRC32C
     */
    record StateFile(String name, long bytes, int checksum) {}

    SnapshotManifest {
        files = List.copyOf(files);
    }

    /** Whether a file of that name is part of a snapshot; what else RocksDB keeps, it makes anew. */
    static boolean isStateFile(String name) {
        return NAME.matcher(name).matches();
    }

    ByteBuffer encode() {
        int length = FIXED_BYTES
                + files.stream()
                        .mapToInt(file -> FILE_BYTES + file.name().length())
                        .sum();
        if (length > MAX_BYTES) {
            throw new IllegalStateException("a snapshot of " + files.size() + " files is not possible");
        }
        LogStart last = state.last();
        ByteBuffer content = ByteBuffer.allocate(length);
        content.putLong(MAGIC).putInt(VERSION).putInt(length);
        content.putLong(last.index()).putLong(last.term()).putLong(last.timeMillis());
        content.putLong(state.hash().high()).putLong(state.hash().low());
        content.putInt(files.size());
        for (StateFile file : files) {
            content.putInt(file.name().length()).put(file.name().getBytes(StandardCharsets.US_ASCII));
            content.putLong(file.bytes()).putInt(file.checksum());
        }
        return content.putInt(crc(content)).flip();
    }

    /** Its length, from its first {@link #PREFIX_BYTES}. */
    static int length(ByteBuffer prefix) throws DamagedSnapshotException {
        require(prefix.getLong(0) == MAGIC, "it does not begin as one");
        int version = prefix.getInt(Long.BYTES);
        require(
                version == VERSION,
                "it has format version " + version + ", and this version of Muster reads " + VERSION);
        int length = prefix.getInt(Long.BYTES + Integer.BYTES);
        require(length >= FIXED_BYTES && length <= MAX_BYTES, "its manifest cannot have " + length + " bytes");
        return length;
    }

    static SnapshotManifest decode(ByteBuffer content) throws DamagedSnapshotException {
        int checked = content.limit() - Integer.BYTES;
        require(
                content.getInt(checked) == crc(content.slice(0, checked).position(checked)),
                "the checksum of its manifest is wrong");
        try {
            return decodeChecked(content.slice(0, checked).position(PREFIX_BYTES));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new DamagedSnapshotException("the manifest of the snapshot makes no sense: " + e);
        }
    }

    private static SnapshotManifest decodeChecked(ByteBuffer content) throws DamagedSnapshotException {
        LogStart last = new LogStart(content.getLong(), content.getLong(), content.getLong());
        require(last.index() < MAX_NUMBER && last.term() < MAX_NUMBER, "no log reaches " + last);
        require(
                last.timeMillis() >= 0 && last.timeMillis() < MAX_TIME_MILLIS,
                "no entry has the time stamp of " + last);
        AppliedState state = new AppliedState(last, new StateHash(content.getLong(), content.getLong()));
        int count = content.getInt();
        List<StateFile> files = new ArrayList<>();
        String before = "";
        for (int i = 0; i < count; i++) {
            StateFile file = new StateFile(name(content), content.getLong(), content.getInt());
            require(file.bytes() > 0, file.name() + " cannot have " + file.bytes() + " bytes");
            require(
                    !file.name().equals(CURRENT) || file.bytes() <= MAX_CURRENT_BYTES,
                    CURRENT + " cannot have " + file.bytes() + " bytes");
            require(before.compareTo(file.name()) < 0, file.name() + " does not follow on " + before);
            before = file.name();
            files.add(file);
        }
        require(!content.hasRemaining(), "something follows the last file of its manifest");
        return new SnapshotManifest(state, files);
    }

    private static String name(ByteBuffer content) throws DamagedSnapshotException {
        int length = content.getInt();
        require(length > 0 && length <= MAX_NAME_BYTES, "a file's name cannot have " + length + " bytes");
        byte[] ascii = new byte[length];
        content.get(ascii);
        String name = new String(ascii, StandardCharsets.ISO_8859_1);
        require(isStateFile(name), "it has a file that RocksDB does not make");
        return name;
    }

    private static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate().flip());
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String otherwise) throws DamagedSnapshotException {
        if (!holds) {
            throw new DamagedSnapshotException("the snapshot is damaged: " + otherwise);
        }
    }
}
