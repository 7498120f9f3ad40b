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
            case UsernameTakenException _ ->
                Problem.of(HttpStatus.CONFLICT, "username-taken", "the name is taken; choose another");
            case InvalidCredentialsException _ ->
                Problem.of(HttpStatus.UNAUTHORIZED, "invalid-credentials", "the name or the password is wrong");
            case InvalidTokenException _ ->
                Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "invalid-token",
                        "the token is not valid, or not any more; log in again");
            case ForbiddenException _ ->
                Problem.of(HttpStatus.FORBIDDEN, "forbidden", "this is for administrators only");
            case RegistrationClosedException _ ->
                Problem.of(HttpStatus.FORBIDDEN, "registration-closed", "only administrators may register users here");
            case UnknownUserException _ ->
                Problem.of(HttpStatus.NOT_FOUND, "user-not-found", "there is no user of that id");
            case LastAdministratorException _ ->
                Problem.of(
                        HttpStatus.CONFLICT,
                        "last-administrator",
                        "nobody would be left who may administer users; make another administrator first");
            case RotationUnderWayException _ ->
                Problem.of(
                        HttpStatus.CONFLICT,
                        "rotation-under-way",
                        "the newest key does not sign yet; it does within minutes");
            case PolicyViolationException policy -> Problem.violations(policy.violations());
            case IdempotencyKeyReusedException _ ->
                Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "idempotency-key-reused",
                        "the Idempotency-Key was used with another name or password; use a fresh one");
            case InvalidIdempotencyKeyException invalid -> Problem.malformed(String.valueOf(invalid.getMessage()));
        };
    }

    static Problem unusableSigningKey() {
        return Problem.unavailable(
                "signing-key-unusable", "this replica cannot sign tokens; ask another replica", null);
    }

    static Problem unknownPepper() {
        return Problem.unavailable(
                "pepper-unknown", "this replica cannot verify this password; ask another replica", null);
    }

    static Problem missingToken() {
        return Problem.of(
                HttpStatus.UNAUTHORIZED,
                "missing-token",
                "this needs the token of a login, in the header Authorization: Bearer");
    }

    /** Tells the outcome of a write, too. */
    static Problem of(ConsensusException failure, HttpServletRequest request) {
        boolean write = isWrite(request);
        return switch (failure) {
            case ConsensusException.NoQuorum _ ->
                Problem.unavailable(
                        "no-quorum",
                        failure.getMessage() + "; try again, or ask another replica",
                        write ? "not-applied" : null);
            case ConsensusException.Overloaded _ ->
                Problem.unavailable(
                        "overloaded", "too many requests wait; try again later", write ? "not-applied" : null);
            case ConsensusException.OutcomeUnknown _ ->
                Problem.unavailable(
                        "commit-unknown",
                        request.getServletPath().equals(REGISTER_PATH)
                                ? "it may or may not have taken effect; retry with the same Idempotency-Key"
                                : "it may or may not have taken effect; ask again, and see",
                        "unknown");
        };
    }

    private static boolean isWrite(HttpServletRequest request) {
        return !HttpMethod.GET.matches(request.getMethod())
                && !request.getServletPath().equals(UsersController.LOGIN);
    }

    /** For what the framework refuses before a controller sees it. */
    static Problem of(HttpStatusCode statusCode) {
        HttpStatus status = HttpStatus.resolve(statusCode.value());
        return switch (status) {
            case NOT_FOUND -> Problem.of(HttpStatus.NOT_FOUND, "not-found", "there is nothing at this path");
            case METHOD_NOT_ALLOWED ->
                Problem.of(status, "method-not-allowed", "this path does not take this method; see the header Allow");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(status, "unsupported-media-type", "send the body as application/json");
            case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable", "this service answers in JSON only");
            case CONTENT_TOO_LARGE -> RequestFrameFilter.tooLarge();
            case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED ->
                Problem.of(status, "not-supported", "this server does not speak HTTP in this way");
            case null -> internal();
            default ->
                status.is4xxClientError()
                        ? Problem.of(status, "malformed-request", "the request is not one that this service takes")
                        : internal();
        };
    }

    static Problem internal() {
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "something went wrong here; see the log by traceId");
    }
}
