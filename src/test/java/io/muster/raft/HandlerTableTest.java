package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Message.PreVoteReply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandlerTableTest {

    /** Every kind of message there is, so that none can be forgotten in the table's own list. */
    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(HandlerTableTest::kinds)
                : Stream.of(type);
    }

    private static HandlerTable allBut(Role missingRole, Class<?> missingKind) {
        HandlerTable table = new HandlerTable();
        for (Role role : Role.values()) {
            kinds(Message.class)
                    .filter(kind -> role != missingRole || kind != missingKind)
                    .forEach(kind -> table.on(role, kind.asSubclass(Message.class), (from, message) -> {}));
        }
        return table;
    }

    @Test
    void findsEachGapAtConstruction() {
        assertThat(allBut(Role.FOLLOWER, Void.class).checked()).isNotNull();
        for (Role role : Role.values()) {
            kinds(Message.class)
                    .forEach(kind -> assertThatThrownBy(() -> allBut(role, kind).checked())
                            .isInstanceOf(InvariantViolation.class)
                            .hasMessage("no handler for " + kind.getSimpleName() + " in role " + role));
        }
    }

    @Test
    void refusesASecondHandler() {
        HandlerTable table = new HandlerTable().onAny(PreVoteReply.class, (from, message) -> {});
        assertThatThrownBy(() -> table.on(Role.LEADER, PreVoteReply.class, (from, message) -> {}))
                .isInstanceOf(InvariantViolation.class);
    }

    @Test
    void callsTheHandlerOfTheRole() {
        List<String> called = new ArrayList<>();
        HandlerTable table = new HandlerTable()
                .on(Role.FOLLOWER, PreVoteReply.class, (from, message) -> called.add("follower " + from))
                .on(Role.LEADER, PreVoteReply.class, (from, message) -> called.add("leader " + from));
        table.handle(Role.LEADER, Fixtures.B, new PreVoteReply(1, true));
        assertThat(called).containsExactly("leader 2");
        assertThatThrownBy(() -> table.handle(Role.CANDIDATE, Fixtures.B, new PreVoteReply(1, true)))
                .isInstanceOf(InvariantViolation.class);
    }
}
