package io.muster.chaos;

import java.util.List;

/** Replicas lose their power: what was not synced is gone, and so are the processes. */
record PowerFault(Cluster cluster, List<Integer> nodes) implements Fault {

    @Override
    public void begin() {
        // Without power a process does not get to see that its disk is gone, and to answer accordingly.
        nodes.forEach(node -> cluster.server(node).signal("STOP"));
        nodes.forEach(node -> cluster.volume(node).losePower());
        nodes.forEach(node -> cluster.server(node).kill());
    }

    @Override
    public void end() {
        nodes.forEach(node -> cluster.volume(node).restorePower());
        cluster.start(nodes);
    }
}
