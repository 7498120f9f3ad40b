package io.muster.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.users.Audit;
import io.muster.users.AuditEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes audit events to the logger {@code muster.audit}, a line of JSON each, with the trace, the client's address and the user who
 * acts as the request's MDC has them; and counts them by kind. Thread-safe.
 */
public final class AuditLog implements Audit {

    /** Key of the MDC: the address of the client. */
    public static final String ADDRESS = "address";

    /** Key of the MDC: the id of the user whose token came with the request. */
    public static final String ACTOR = "actor";

    private static final Logger LOG = LoggerFactory.getLogger("muster.audit");

    private final MeterRegistry meters;

    public AuditLog(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void record(AuditEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.counter("muster.audit.events", "event", kind).increment();
        Map<String, String> line = new LinkedHashMap<>();
        line.put("event", kind);
        put(line, "user", event.user() == null ? null : event.user().toString());
        put(line, "actor", MDC.get(ACTOR));
        put(line, "address", MDC.get(ADDRESS));
        put(line, "traceId", MDC.get("traceId"));
        line.putAll(event.details());
        LOG.info("{}", JsonMapper.shared().writeValueAsString(line));
    }

    private static void put(Map<String, String> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }
}
