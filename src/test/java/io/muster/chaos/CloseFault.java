package io.muster.chaos;

/** All connections between a replica and the others are closed, once. */
record CloseFault(Network network, int node) implements Fault {

    @Override
    public void begin() {
        network.closeConnectionsOf(node);
    }

    @Override
    public void end() {
        // Whoever needs a connection makes a new one.
    }
}
