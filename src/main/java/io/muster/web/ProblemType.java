package io.muster.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every kind of problem that an answer may tell of (RFC 9457, section 3.1.1), with its status and what it says unless more is known. */
public enum ProblemType {
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "the request is not one that this service takes"),
    MISSING_TOKEN(HttpStatus.UNAUTHORIZED, "this needs the token of a login, in the header Authorization: Bearer"),
    INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "the token is not valid, or not any more; log in again"),
    INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, "the name or the password is wrong"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "this is for administrators only"),
    REGISTRATION_CLOSED(HttpStatus.FORBIDDEN, "only administrators may register users here"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "there is nothing at this path"),
    USER_NOT_FOUND(HttpStatus.NOT_FOUND, "there is no user of that id"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "this path does not take this method; see the header Allow"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "this service answers in JSON only"),
    USERNAME_TAKEN(HttpStatus.CONFLICT, "the name is taken; choose another"),
    LAST_ADMINISTRATOR(
            HttpStatus.CONFLICT, "nobody would be left who may administer users; make another administrator first"),
    ROTATION_UNDER_WAY(HttpStatus.CONFLICT, "the newest key does not sign yet; it does within minutes"),
    BODY_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE, "the body may have " + RequestFrameFilter.MAX_BODY_BYTES + " bytes at most"),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "send the body as application/json, and an import as application/x-ndjson"),
    POLICY_VIOLATION(HttpStatus.UNPROCESSABLE_CONTENT, "a value breaks a rule; see errors"),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "the Idempotency-Key was used with another name or password; use a fresh one"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "too many requests come from this address; try again later"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here; see the log by traceId"),
    NOT_SUPPORTED(HttpStatus.NOT_IMPLEMENTED, "this server does not speak HTTP in this way"),
    NO_QUORUM(
            HttpStatus.SERVICE_UNAVAILABLE,
            "no leader is known that has a majority; try again, or ask another replica"),
    COMMIT_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "it may or may not have taken effect; ask again, and see"),
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "too many requests wait; try again later"),
    SIGNING_KEY_UNUSABLE(HttpStatus.SERVICE_UNAVAILABLE, "this replica cannot sign tokens; ask another replica"),
    PEPPER_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "this replica cannot verify this password; ask another replica");

    private final HttpStatus status;
    private final String detail;

    ProblemType(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** What scripts compare; stable. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public HttpStatus status() {
        return status;
    }

    /** What was wrong, and what to do. */
    public String detail() {
        return detail;
    }
}
