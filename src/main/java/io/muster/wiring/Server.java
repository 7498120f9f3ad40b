package io.muster.wiring;

import org.springframework.boot.SpringApplication;

/** A replica as a process. */
public final class Server {

    private Server() {}

    /** Starts the replica; ends the process, with the exit code of the cause, when it cannot start. */
    public static void run(String... args) {
        try {
            SpringApplication.run(ServerConfiguration.class, args);
        } catch (RuntimeException e) {
            System.exit(StopReason.of(e).exitCode());
        }
    }
}
