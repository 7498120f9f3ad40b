package io.muster.web;

import io.muster.node.ConsensusException;
import io.muster.users.InvalidTokenException;
import io.muster.users.RegistryException;
import io.muster.users.UnknownPepperException;
import io.muster.users.UsernameTakenException;
import io.muster.users.token.UnusableSigningKeyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns whatever a request ran into into problem details. Thread-safe. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** RFC 6750, section 3. */
    private static final String CHALLENGE = "Bearer";

    private static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    private final ProblemWriter problems;

    public ProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RegistryException refusal, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        switch (refusal) {
            case UsernameTakenException taken -> headers.set(RaftHeaders.INDEX, Long.toString(taken.index()));
            case InvalidTokenException _ -> headers.set(HttpHeaders.WWW_AUTHENTICATE, INVALID_TOKEN);
            default -> {}
        }
        return problems.entity(Problems.of(refusal), request, headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> unauthenticated(MissingTokenException missing, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        return problems.entity(Problem.of(ProblemType.MISSING_TOKEN), request, headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> unserved(ConsensusException failure, HttpServletRequest request) {
        return problems.entity(Problems.of(failure, request), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unsigned(UnusableSigningKeyException failure, HttpServletRequest request) {
        LOG.error("A token could not be signed, traceId {}: {}", Trace.of(request), failure.getMessage());
        return problems.entity(Problems.ofThisReplica(ProblemType.SIGNING_KEY_UNUSABLE, request), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unpeppered(UnknownPepperException failure, HttpServletRequest request) {
        LOG.error("A password could not be verified, traceId {}: {}", Trace.of(request), failure.getMessage());
        return problems.entity(Problems.ofThisReplica(ProblemType.PEPPER_UNKNOWN, request), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> malformed(MalformedRequestException malformed, HttpServletRequest request) {
        return problems.entity(Problem.malformed(String.valueOf(malformed.getMessage())), request);
    }

    /** Tomcat's message quotes the value. */
    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException failure, HttpServletRequest request) {
        return problems.entity(Problems.of(HttpStatusCode.valueOf(failure.getErrorCode())), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("A client went away, traceId {}", Trace.of(request));
            return null;
        }
        LOG.error("A request failed, traceId {}", Trace.of(request), failure);
        if (response.isCommitted()) {
            // The container breaks the connection. A problem would end what was sent as if it were whole.
            throw failure;
        }
        return problems.entity(Problem.of(ProblemType.INTERNAL_ERROR), request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return problems.entity(JsonErrors.problemOf(failure), servletRequest(request));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return problems.entity(Problems.of(status), servletRequest(request), headers);
    }

    private static HttpServletRequest servletRequest(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
