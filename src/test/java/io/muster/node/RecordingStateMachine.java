package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import java.util.ArrayList;
import java.util.List;

/** Keeps every command it was given, and answers with it. */
final class RecordingStateMachine implements StateMachine {

    private final List<Bytes> commands = new ArrayList<>();
    private long appliedIndex;

    List<Bytes> commands() {
        return commands;
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public List<Bytes> apply(List<Entry> entries) {
        return entries.stream().map(this::apply).toList();
    }

    private Bytes apply(Entry entry) {
        if (entry.index() != appliedIndex + 1) {
            throw new IllegalStateException("entry " + entry.index() + " after " + appliedIndex);
        }
        appliedIndex = entry.index();
        if (entry.payload() instanceof Payload.Command(Bytes content)) {
            commands.add(content);
            return content;
        }
        return Bytes.EMPTY;
    }
}
