package io.muster.sim;

import io.muster.raft.Message;
import io.muster.raft.NodeId;
import org.jspecify.annotations.Nullable;

/** The stream of entries from one process to a peer, and of the answers back, as {@code transport.AppendStream} has it. */
final class EntryStream {

    private final Simulation simulation;
    private final Network network;
    private final Incarnation sender;
    private final NodeId to;
    private final Lane forward;
    private final Lane back;
    private @Nullable Incarnation receiver;
    private boolean closedHere;
    private boolean closedThere;
    private boolean watched;

    EntryStream(Simulation simulation, Network network, Incarnation sender, NodeId to) {
        this.simulation = simulation;
        this.network = network;
        this.sender = sender;
        this.to = to;
        this.forward = new Lane(simulation, network, sender.id(), to);
        this.back = new Lane(simulation, network, to, sender.id());
    }

    boolean isFrom(Incarnation process) {
        return sender == process;
    }

    boolean reaches(Incarnation process) {
        return receiver == process;
    }

    void send(Message.AppendEntries message) {
        forward.send(() -> arrives(message));
        watch();
    }

    private void arrives(Message.AppendEntries message) {
        Incarnation target = network.process(to);
        if (receiver == null) {
            receiver = target;
        }
        if (target == null || target != receiver) {
            closeHereLater();
        } else if (!closedThere) {
            network.receives(this, sender.id(), to);
            target.run(() -> take(target, message));
        }
    }

    private void take(Incarnation target, Message.AppendEntries message) {
        if (closedThere) {
            return;
        }
        boolean taken = target.endpoint().receive(sender.id(), message, reply -> {
            network.watch().sends(target.replica(), sender.id(), reply);
            back.send(() -> sender.run(() -> answered(reply)));
            watch();
        });
        if (!taken) {
            breakOff();
        }
    }

    private void answered(Message.Reply reply) {
        if (!closedHere) {
            network.watch().answered(sender.replica(), to, reply);
            sender.endpoint().answered(to, reply);
        }
    }

    /** A stream on which nothing moves is given up, by whoever sends on it. */
    private void watch() {
        if (!watched && !closedHere) {
            watched = true;
            long patience = network.patienceNanos();
            simulation.after(patience, () -> {
                watched = false;
                long since = simulation.nowNanos() - patience;
                if (forward.waitsSince(since) || back.waitsSince(since)) {
                    breakOff();
                } else if (!forward.isEmpty() || !back.isEmpty()) {
                    watch();
                }
            });
        }
    }

    /** Something has ended it: both ends hear of it, each in its time. */
    void breakOff() {
        closeHereLater();
        closeThereLater();
    }

    void closeHereLater() {
        simulation.after(network.noticeNanos(to, sender.id()), () -> sender.run(this::closeHere));
    }

    private void closeHere() {
        if (!closedHere) {
            closedHere = true;
            network.forget(this, sender.id(), to);
            sender.endpoint().outboundClosed(to);
        }
    }

    void closeThereLater() {
        Incarnation target = receiver;
        if (target != null) {
            simulation.after(network.noticeNanos(sender.id(), to), () -> target.run(() -> closeThere(target)));
        }
    }

    private void closeThere(Incarnation target) {
        if (!closedThere) {
            closedThere = true;
            if (network.wasNewest(this, sender.id(), to)) {
                target.endpoint().inboundClosed(sender.id());
            }
        }
    }

    /** What was held up by a cut goes on. */
    void mended() {
        forward.deliver();
        back.deliver();
    }
}
