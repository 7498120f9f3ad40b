package io.muster.raft;

import static io.muster.raft.InvariantViolation.require;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which handler takes which message in which role. A gap is found at construction, not when the message comes. */
final class HandlerTable {

    interface Handler<M extends Message> {
        void handle(NodeId from, M message);
    }

    private static final List<Class<? extends Message>> KINDS = List.of(
            Message.PreVote.class,
            Message.PreVoteReply.class,
            Message.RequestVote.class,
            Message.VoteReply.class,
            Message.AppendEntries.class,
            Message.Appended.class,
            Message.AppendRefused.class,
            Message.Heartbeat.class,
            Message.HeartbeatReply.class,
            Message.TimeoutNow.class,
            Message.TimeoutNowReply.class);

    private final Map<Role, Map<Class<? extends Message>, Handler<Message>>> handlers = new EnumMap<>(Role.class);

    <M extends Message> HandlerTable on(Role role, Class<M> kind, Handler<? super M> handler) {
        Handler<Message> previous = handlers.computeIfAbsent(role, any -> new HashMap<>())
                .put(kind, (from, message) -> handler.handle(from, kind.cast(message)));
        require(previous == null, "one handler for " + kind.getSimpleName() + " in role " + role);
        return this;
    }

    <M extends Message> HandlerTable onAny(Class<M> kind, Handler<? super M> handler) {
        for (Role role : Role.values()) {
            on(role, kind, handler);
        }
        return this;
    }

    HandlerTable checked() {
        for (Role role : Role.values()) {
            for (Class<? extends Message> kind : KINDS) {
                require(
                        handlers.getOrDefault(role, Map.of()).containsKey(kind),
                        "no handler for " + kind.getSimpleName() + " in role " + role);
            }
        }
        return this;
    }

    void handle(Role role, NodeId from, Message message) {
        Handler<Message> handler = handlers.getOrDefault(role, Map.of()).get(message.getClass());
        if (handler == null) {
            throw new InvariantViolation("no handler for " + message.getClass().getSimpleName() + " in role " + role);
        }
        handler.handle(from, message);
    }
}
