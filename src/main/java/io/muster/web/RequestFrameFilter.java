package io.muster.web;

import io.muster.node.Consensus;
import io.muster.ops.AuditLog;
import io.muster.raft.NodeId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Frames every request: bounds its body, names who answers and at which index, and ties log lines to it. */
public final class RequestFrameFilter extends OncePerRequestFilter {

    /** The largest body that is read, in bytes. */
    static final int MAX_BODY_BYTES = 8 * 1024;

    private final NodeId self;
    private final Consensus consensus;
    private final ProblemWriter problems;

    public RequestFrameFilter(NodeId self, Consensus consensus, ProblemWriter problems) {
        this.self = self;
        this.consensus = consensus;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RaftHeaders.frame(response, self, consensus);
        try (var trace = MDC.putCloseable("traceId", Trace.of(request));
                var address = MDC.putCloseable(AuditLog.ADDRESS, request.getRemoteAddr())) {
            if (isImport(request)) {
                chain.doFilter(request, response);
            } else if (request.getContentLengthLong() > MAX_BODY_BYTES) {
                problems.write(Problem.of(ProblemType.BODY_TOO_LARGE), request, response);
            } else {
                chain.doFilter(new BoundedRequest(request, MAX_BODY_BYTES), response);
            }
        } finally {
            MDC.remove(AuditLog.ACTOR);
        }
    }

    /** Bounded by the line, and read by administrators only. */
    private static boolean isImport(HttpServletRequest request) {
        return request.getServletPath().equals(TransferController.IMPORT);
    }
}
