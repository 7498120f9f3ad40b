package io.muster.users;

/** The idempotency key was used before, with another name or password. Nothing changed. */
public final class IdempotencyKeyReusedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyReusedException() {
        super("the idempotency key was used for another request");
    }
}
