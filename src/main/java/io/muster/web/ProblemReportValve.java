package io.muster.web;

import io.muster.node.Consensus;
import io.muster.raft.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers what Tomcat refuses before any servlet sees it, such as a malformed request line. Thread-safe. */
public final class ProblemReportValve extends ErrorReportValve {

    private final NodeId self;
    private final Consensus consensus;

    public ProblemReportValve(NodeId self, Consensus consensus) {
        this.self = self;
        this.consensus = consensus;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problems.of(HttpStatusCode.valueOf(status));
        RaftHeaders.frame(response, self, consensus);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            byte[] body = JsonMapper.shared().writeValueAsBytes(problem.body(Trace.of(request)));
            response.getReporter().write(new String(body, StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException clientIsGone) {
            container.getLogger().debug("An error could not be reported", clientIsGone);
        }
    }
}
