package io.muster.chaos;

import java.util.List;
import java.util.function.Consumer;

/** Something happens on some of the ways between replicas. */
record NetworkFault(List<Way> ways, Consumer<Way> what) implements Fault {

    @Override
    public void begin() {
        ways.forEach(what);
    }

    @Override
    public void end() {
        ways.forEach(Way::heal);
    }
}
