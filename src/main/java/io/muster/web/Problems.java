package io.muster.web;

import io.muster.node.ConsensusException;
import io.muster.users.ForbiddenException;
import io.muster.users.IdempotencyKeyReusedException;
import io.muster.users.InvalidCredentialsException;
import io.muster.users.InvalidIdempotencyKeyException;
import io.muster.users.InvalidTokenException;
import io.muster.users.LastAdministratorException;
import io.muster.users.PolicyViolationException;
import io.muster.users.RegistrationClosedException;
import io.muster.users.RegistryException;
import io.muster.users.RotationUnderWayException;
import io.muster.users.UnknownUserException;
import io.muster.users.UsernameTakenException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Which problem stands for which failure. */
final class Problems {

    private static final String REGISTER_PATH = "/users/register";

    private Problems() {}

    static Problem of(RegistryException refusal) {
        return switch (refusal) {
            case UsernameTakenException _ -> Problem.of(ProblemType.USERNAME_TAKEN);
            case InvalidCredentialsException _ -> Problem.of(ProblemType.INVALID_CREDENTIALS);
            case InvalidTokenException _ -> Problem.of(ProblemType.INVALID_TOKEN);
            case ForbiddenException _ -> Problem.of(ProblemType.FORBIDDEN);
            case RegistrationClosedException _ -> Problem.of(ProblemType.REGISTRATION_CLOSED);
            case UnknownUserException _ -> Problem.of(ProblemType.USER_NOT_FOUND);
            case LastAdministratorException _ -> Problem.of(ProblemType.LAST_ADMINISTRATOR);
            case RotationUnderWayException _ -> Problem.of(ProblemType.ROTATION_UNDER_WAY);
            case PolicyViolationException policy -> Problem.violations(policy.violations());
            case IdempotencyKeyReusedException _ -> Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED);
            case InvalidIdempotencyKeyException invalid -> Problem.malformed(String.valueOf(invalid.getMessage()));
        };
    }

    /** What another replica may be able to do, and this one has not begun. */
    static Problem ofThisReplica(ProblemType type, HttpServletRequest request) {
        return Problem.unavailable(type, type.detail(), isWrite(request) ? "not-applied" : null);
    }

    /** Tells the outcome of a write, too. */
    static Problem of(ConsensusException failure, HttpServletRequest request) {
        boolean write = isWrite(request);
        return switch (failure) {
            case ConsensusException.NoQuorum _ ->
                Problem.unavailable(
                        ProblemType.NO_QUORUM,
                        failure.getMessage() + "; try again, or ask another replica",
                        write ? "not-applied" : null);
            case ConsensusException.Overloaded _ ->
                Problem.unavailable(
                        ProblemType.OVERLOADED, ProblemType.OVERLOADED.detail(), write ? "not-applied" : null);
            case ConsensusException.OutcomeUnknown _ ->
                Problem.unavailable(
                        ProblemType.COMMIT_UNKNOWN,
                        request.getServletPath().equals(REGISTER_PATH)
                                ? "it may or may not have taken effect; retry with the same Idempotency-Key"
                                : ProblemType.COMMIT_UNKNOWN.detail(),
                        "unknown");
        };
    }

    private static boolean isWrite(HttpServletRequest request) {
        return !HttpMethod.GET.matches(request.getMethod())
                && !request.getServletPath().equals(SessionController.LOGIN);
    }

    /** For what the framework refuses before a controller sees it. */
    static Problem of(HttpStatusCode statusCode) {
        HttpStatus status = HttpStatus.resolve(statusCode.value());
        return switch (status) {
            case NOT_FOUND -> Problem.of(ProblemType.NOT_FOUND);
            case METHOD_NOT_ALLOWED -> Problem.of(ProblemType.METHOD_NOT_ALLOWED);
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);
            case NOT_ACCEPTABLE -> Problem.of(ProblemType.NOT_ACCEPTABLE);
            case CONTENT_TOO_LARGE -> Problem.of(ProblemType.BODY_TOO_LARGE);
            case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED ->
                Problem.of(ProblemType.NOT_SUPPORTED, status, ProblemType.NOT_SUPPORTED.detail());
            case null -> Problem.of(ProblemType.INTERNAL_ERROR);
            default ->
                status.is4xxClientError()
                        ? Problem.of(ProblemType.MALFORMED_REQUEST, status, ProblemType.MALFORMED_REQUEST.detail())
                        : Problem.of(ProblemType.INTERNAL_ERROR);
        };
    }
}
