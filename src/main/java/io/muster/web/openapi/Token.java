package io.muster.web.openapi;

/** Whether a call takes the token of a login. */
enum Token {
    NONE,
    OPTIONAL,
    REQUIRED
}
