package io.muster.web;

import io.muster.node.Consensus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a read wait for the place in the log that its caller asks for. Thread-safe. */
public final class MinIndexInterceptor implements HandlerInterceptor {

    private final Consensus consensus;

    public MinIndexInterceptor(Consensus consensus) {
        this.consensus = consensus;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String asked = request.getHeader(RaftHeaders.MIN_INDEX);
        if (asked != null && handler instanceof HandlerMethod method && method.hasMethodAnnotation(Reads.class)) {
            RaftHeaders.await(consensus, RaftHeaders.index(asked));
        }
        return true;
    }
}
