package io.muster.web;

import io.muster.ops.AuditLog;
import io.muster.users.Administrator;
import io.muster.users.Caller;
import io.muster.users.Tokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Whom the bearer token of a request is of (RFC 6750). A controller method whose first parameter is a {@link Caller} or an
 * {@link Administrator} is reached with a valid token only, and before its body is read. Where the {@link Administrator} is
 * optional, requests of others, and without a token, are taken, too. Thread-safe.
 */
public final class CallerResolver implements HandlerMethodArgumentResolver {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public CallerResolver(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        return type.equals(Administrator.class) || (type.equals(Caller.class) && !isOptional(parameter));
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType().equals(Optional.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (isOptional(parameter)) {
            return Optional.ofNullable(authorization)
                    .map(this::caller)
                    .filter(Caller::isAdministrator)
                    .map(Caller::administrator);
        }
        Caller caller = caller(authorization);
        return parameter.getParameterType().equals(Administrator.class) ? caller.administrator() : caller;
    }

    private Caller caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new MissingTokenException();
        }
        Caller caller =
                tokens.authenticate(authorization.substring(SCHEME.length()).strip());
        MDC.put(AuditLog.ACTOR, caller.userId().toString());
        return caller;
    }
}
