package io.muster.web.openapi;

import io.muster.users.Administrator;
import io.muster.users.Caller;
import io.muster.web.ProblemType;
import io.muster.web.Reads;
import io.muster.web.Refuses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** What a controller's method may be answered with besides success: what it says itself, and what its parameters imply. */
final class ImpliedProblems {

    private ImpliedProblems() {}

    static Set<ProblemType> of(HandlerMethod method) {
        Set<ProblemType> problems =
                EnumSet.of(ProblemType.NO_QUORUM, ProblemType.OVERLOADED, ProblemType.INTERNAL_ERROR);
        Optional.ofNullable(method.getMethodAnnotation(Refuses.class))
                .ifPresent(refuses -> problems.addAll(List.of(refuses.value())));
        for (MethodParameter parameter : method.getMethodParameters()) {
            problems.addAll(of(parameter));
        }
        if (!method.hasMethodAnnotation(GetMapping.class) && !streams(method)) {
            problems.add(ProblemType.BODY_TOO_LARGE);
        }
        if (method.hasMethodAnnotation(Reads.class)) {
            problems.add(ProblemType.MALFORMED_REQUEST);
        }
        if (hasBody(method)) {
            problems.add(ProblemType.NOT_ACCEPTABLE);
        }
        return problems;
    }

    private static List<ProblemType> of(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return List.of(ProblemType.MALFORMED_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return List.of(ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND);
        }
        if (parameter.hasParameterAnnotation(RequestParam.class)
                || parameter.hasParameterAnnotation(RequestHeader.class)) {
            return List.of(ProblemType.MALFORMED_REQUEST);
        }
        return authentication(parameter).toList();
    }

    private static Stream<ProblemType> authentication(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        Stream<ProblemType> refused = Stream.of(ProblemType.MISSING_TOKEN, ProblemType.INVALID_TOKEN);
        if (type.equals(Caller.class) || isOptional(parameter)) {
            return refused;
        }
        return type.equals(Administrator.class)
                ? Stream.concat(refused, Stream.of(ProblemType.FORBIDDEN))
                : Stream.of();
    }

    /** Whether a call needs a token, may have one, or knows of none. */
    static Token token(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> authentication(parameter).findAny().isPresent())
                .map(parameter -> isOptional(parameter) ? Token.OPTIONAL : Token.REQUIRED)
                .findFirst()
                .orElse(Token.NONE);
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType().equals(Optional.class);
    }

    /** Reads its body itself, of any length. */
    private static boolean streams(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(HttpServletRequest.class));
    }

    private static boolean hasBody(HandlerMethod method) {
        var type = method.getReturnType();
        return type.getParameterType().equals(ResponseEntity.class)
                && !type.nested().getNestedParameterType().equals(Void.class);
    }
}
