package io.muster.web;

import io.muster.node.Consensus;
import io.muster.raft.NodeId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers errors that the container reports, in the form of all others. Thread-safe. */
@Hidden
@RestController
public final class ProblemErrorController implements ErrorController {

    private final ProblemWriter problems;
    private final NodeId self;
    private final Consensus consensus;

    public ProblemErrorController(ProblemWriter problems, NodeId self, Consensus consensus) {
        this.problems = problems;
        this.self = self;
        this.consensus = consensus;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        // What the container refuses by itself has not passed the filter.
        RaftHeaders.frame(response, self, consensus);
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer reported ? reported : 404;
        return problems.entity(Problems.of(HttpStatusCode.valueOf(code)), request);
    }
}
