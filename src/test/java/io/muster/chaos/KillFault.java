package io.muster.chaos;

import java.util.List;

/** SIGKILL, then a new start. */
record KillFault(Cluster cluster, List<Integer> nodes) implements Fault {

    @Override
    public void begin() {
        nodes.forEach(node -> cluster.server(node).kill());
    }

    @Override
    public void end() {
        cluster.start(nodes);
    }
}
