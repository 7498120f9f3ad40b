package io.muster.chaos;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The system call that stops an ext4 file system as a loss of power would: what is not on the device at that moment, its journal
 * included, never gets there (EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, linux/fs/ext4/ext4.h).
 */
final class FileSystemShutdown {

    private static final long EXT4_IOC_SHUTDOWN = 0x8004587DL;
    private static final int NO_LOG_FLUSH = 2;
    private static final int READ_ONLY = 0;

    private FileSystemShutdown() {}

    /** @throws IllegalStateException when the system refuses */
    static void stop(Path mountPoint) {
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) open().invokeExact(arena.allocateFrom(mountPoint.toString()), READ_ONLY);
            int result = (int) ioctl().invokeExact(
                            file, EXT4_IOC_SHUTDOWN, arena.allocateFrom(ValueLayout.JAVA_INT, NO_LOG_FLUSH));
            int closed = (int) close().invokeExact(file);
            if (file < 0 || result != 0 || closed != 0) {
                throw new IllegalStateException("the file system at " + mountPoint + " cannot be shut down");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle open() {
        return function(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private static MethodHandle ioctl() {
        return function(
                "ioctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    private static MethodHandle close() {
        return function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(symbol, type, options);
    }
}
