package io.muster.chaos;

import java.util.List;

/** Replicas lose their power: what was not synced is gone, and so are the processes. */
record PowerFault(Cluster cluster, List<Integer> nodes) implements Fault {

    @Override
    public void begin() {
        nodes.forEach(node -> cluster.volume(node).losePower());
        nodes.forEach(node -> cluster.server(node).kill());
    }

    @Override
    public void end() {
        nodes.forEach(node -> cluster.volume(node).restorePower());
        cluster.start(nodes);
    }
}
