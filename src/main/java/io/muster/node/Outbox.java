package io.muster.node;

import io.muster.raft.Effect;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/** Holds messages back until what they promise is durable. */
final class Outbox {

    private record Held(long sequence, Runnable send) {}

    private final Persister persister;
    private final Queue<Held> held = new ArrayDeque<>();

    Outbox(Persister persister) {
        this.persister = persister;
    }

    void add(Effect.After after, Runnable send) {
        long sequence = persister.sequenceFor(after);
        if (persister.isDurable(sequence)) {
            send.run();
        } else {
            held.add(new Held(sequence, send));
        }
    }

    void releaseDurable() {
        for (Iterator<Held> messages = held.iterator(); messages.hasNext(); ) {
            Held message = messages.next();
            if (persister.isDurable(message.sequence())) {
                messages.remove();
                message.send().run();
            }
        }
    }
}
