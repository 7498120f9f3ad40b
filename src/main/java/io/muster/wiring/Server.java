package io.muster.wiring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;

/** A replica as a process. */
public final class Server {

    private Server() {}

    /** Starts the replica; ends the process, with the exit code of the cause, when it cannot start. */
    public static void run(String... args) {
        try {
            SpringApplication.run(ServerConfiguration.class, args);
        } catch (RuntimeException e) {
            StopReason reason = StopReason.of(e);
            flushLog();
            System.err.println(reason.lastLine());
            System.exit(reason.exitCode());
        }
    }

    /** What was logged comes first, so that the last line is the reason. */
    private static void flushLog() {
        Runnable shutdown = LoggingSystem.get(Server.class.getClassLoader()).getShutdownHandler();
        if (shutdown != null) {
            shutdown.run();
        }
    }
}
