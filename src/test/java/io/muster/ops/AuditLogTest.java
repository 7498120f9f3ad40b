package io.muster.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.LogLines;
import io.muster.users.AuditEvent;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class AuditLogTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AuditLog log = new AuditLog(meters);

    @RegisterExtension
    private final LogLines lines = new LogLines("muster.audit");

    @AfterEach
    void leave() {
        MDC.clear();
    }

    @Test
    void writesALineOfJsonWithWhereItComesFrom() {
        MDC.put("traceId", "0af7651916cd43dd8448eb211c80319c");
        MDC.put("address", "192.0.2.7");
        MDC.put("actor", "00000000-0000-0000-0000-000000000009");
        log.record(new AuditEvent(AuditEvent.Kind.USER_CHANGED, new UUID(0, 1), Map.of("roles", "a \"quoted\"\nrole")));

        assertThat(lines.messages())
                .containsExactly("{\"event\":\"user-changed\",\"user\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"actor\":\"00000000-0000-0000-0000-000000000009\",\"address\":\"192.0.2.7\","
                        + "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"roles\":\"a \\\"quoted\\\"\\nrole\"}");
    }

    @Test
    void countsByKindAndByNothingElse() {
        for (int i = 0; i < 3; i++) {
            log.record(
                    new AuditEvent(AuditEvent.Kind.AUTHENTICATION_FAILED, new UUID(0, i), Map.of("reason", "wrong")));
        }

        assertThat(meters.get("muster.audit.events")
                        .tag("event", "authentication-failed")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(meters.getMeters()).hasSize(1);
        assertThat(meters.getMeters().getFirst().getId().getTags()).hasSize(1);
        assertThat(lines.messages().getFirst()).doesNotContain("actor");
    }
}
