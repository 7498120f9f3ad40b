package io.muster.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The port to one directory and the directories in it. The only way {@code storage} reaches a disk, so that a simulated
 * one can stand in. Paths are relative to the directory, with {@code /} between names. Files are for the owner only.
 */
public interface Disk extends AutoCloseable {

    /** Takes the directory for this process until {@link #close}; false when another process holds it. */
    boolean lock() throws IOException;

    /** Makes a directory where there is none. Durable after {@link #syncDirectory} of its parent. */
    void createDirectory(String path) throws IOException;

    /** Names of the files in a directory, sorted; empty where there is no such directory. */
    List<String> list(String path) throws IOException;

    boolean exists(String path) throws IOException;

    /** Opens a file to read and write, and makes it, empty, where there is none. */
    File open(String path) throws IOException;

    /** Renames, replacing the target atomically. Durable after {@link #syncDirectory}. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. Durable after {@link #syncDirectory}. */
    void delete(String path) throws IOException;

    /** Makes the names in a directory durable; the empty path is the directory itself. */
    void syncDirectory(String path) throws IOException;

    /** Releases the lock. */
    @Override
    void close() throws IOException;

    /** An open file. Reads may run beside one writer. */
    interface File extends AutoCloseable {

        long size() throws IOException;

        /** Reads from {@code position} until the buffer is full or the file ends; answers the number of bytes read. */
        int read(ByteBuffer buffer, long position) throws IOException;

        /** Writes all of the buffer at {@code position}. */
        void write(ByteBuffer buffer, long position) throws IOException;

        /** Makes the content durable, and the size where it changed (fdatasync). */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }
}
