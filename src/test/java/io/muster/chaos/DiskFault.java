package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The syncs of a replica stall or fail, by strace. */
final class DiskFault implements Fault {

    private static final int DISK_FAILED = 74;
    private static final Duration END_BOUND = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final int node;
    private final String injection;
    private final boolean fatal;
    private @Nullable Process tracer;

    private DiskFault(Cluster cluster, int node, String injection, boolean fatal) {
        this.cluster = cluster;
        this.node = node;
        this.injection = injection;
        this.fatal = fatal;
    }

    /** @param millis by how much each sync is late */
    static DiskFault stall(Cluster cluster, int node, int millis) {
        return new DiskFault(cluster, node, "delay_enter=" + millis * 1_000, false);
    }

    /** The process must end with 74. */
    static DiskFault error(Cluster cluster, int node) {
        return new DiskFault(cluster, node, "error=EIO", true);
    }

    @Override
    public void begin() throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-p",
                        Long.toString(cluster.server(node).pid()),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "signal=none",
                        "-e",
                        "inject=fsync,fdatasync:" + injection))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        try {
            tracer = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (fatal) {
            requireEnd();
        }
    }

    private Path output() {
        return cluster.directory().resolve("strace" + node + ".log");
    }

    private void requireEnd() throws InterruptedException {
        Server server = cluster.server(node);
        OptionalInt code = server.awaitEnd(END_BOUND);
        if (code.isEmpty()) {
            throw new IllegalStateException("node " + node + " goes on after a failed sync");
        }
        if (code.getAsInt() != DISK_FAILED) {
            throw new IllegalStateException("node " + node + " ended after a failed sync with " + server.ending());
        }
    }

    /** strace lets go of its process at SIGTERM. */
    @Override
    public void end() {
        if (tracer != null) {
            if (!tracer.isAlive() && cluster.server(node).isAlive()) {
                throw new IllegalStateException("strace did not do its work; see " + output());
            }
            tracer.destroy();
            tracer.onExit().join();
        }
        if (fatal) {
            cluster.start(List.of(node));
        }
    }
}
