package io.muster.chaos;

/** SIGSTOP, then SIGCONT: as by a long garbage collection, or a machine that was suspended. */
record PauseFault(Server server) implements Fault {

    @Override
    public void begin() {
        server.signal("STOP");
    }

    @Override
    public void end() {
        server.signal("CONT");
    }
}
