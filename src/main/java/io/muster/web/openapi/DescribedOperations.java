package io.muster.web.openapi;

import io.muster.users.Violation;
import io.muster.web.ProblemBody;
import io.muster.web.ProblemType;
import io.muster.web.Reads;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation whether it needs a token, every problem that it may be answered with, and the headers of answers. Thread-safe. */
public final class DescribedOperations implements GlobalOperationCustomizer {

    private static final String EXAMPLE_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Set<ProblemType> NOT_APPLIED = Set.of(
            ProblemType.NO_QUORUM,
            ProblemType.OVERLOADED,
            ProblemType.SIGNING_KEY_UNUSABLE,
            ProblemType.PEPPER_UNKNOWN);

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (method.hasMethodAnnotation(Reads.class)) {
            operation.addParametersItem(new Parameter().$ref(OpenApiDocument.MIN_INDEX));
        }
        secure(operation, ImpliedProblems.token(method));
        operation.getResponses().values().forEach(DescribedOperations::frame);
        Set<ProblemType> problems = ImpliedProblems.of(method);
        boolean write = problems.contains(ProblemType.COMMIT_UNKNOWN);
        problems.stream()
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
                .forEach((status, types) -> operation
                        .getResponses()
                        .addApiResponse(Integer.toString(status.value()), answer(status, types, write)));
        return operation;
    }

    private static void secure(Operation operation, Token token) {
        if (token == Token.OPTIONAL) {
            operation.addSecurityItem(new SecurityRequirement());
        }
        if (token != Token.NONE) {
            operation.addSecurityItem(new SecurityRequirement().addList(OpenApiDocument.TOKEN));
        }
    }

    private static ApiResponse answer(HttpStatus status, List<ProblemType> types, boolean write) {
        MediaType problem = new MediaType().schema(new Schema<>().$ref("Problem"));
        for (ProblemType type : types) {
            problem.addExamples(type.code(), new Example().value(example(type, write)));
        }
        ApiResponse answer = new ApiResponse()
                .description(types.stream().map(ProblemType::code).collect(Collectors.joining(", ")))
                .content(new Content()
                        .addMediaType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem));
        switch (status) {
            case UNAUTHORIZED -> answer.addHeaderObject(HttpHeaders.WWW_AUTHENTICATE, header("WWW-Authenticate"));
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                answer.addHeaderObject(HttpHeaders.RETRY_AFTER, header("Retry-After"));
            default -> {}
        }
        frame(answer);
        return answer;
    }

    private static void frame(ApiResponse answer) {
        answer.addHeaderObject("Raft-Index", header("Raft-Index"));
        answer.addHeaderObject("Served-By", header("Served-By"));
    }

    private static Header header(String name) {
        return new Header().$ref(name);
    }

    private static ProblemBody example(ProblemType type, boolean write) {
        List<Violation> errors = type == ProblemType.POLICY_VIOLATION
                ? List.of(new Violation("password", "too-short", "must have at least 8 characters"))
                : null;
        return ProblemBody.of(type, EXAMPLE_TRACE, errors, write ? outcome(type) : null);
    }

    private static @Nullable String outcome(ProblemType type) {
        if (type == ProblemType.COMMIT_UNKNOWN) {
            return "unknown";
        }
        return NOT_APPLIED.contains(type) ? "not-applied" : null;
    }
}
