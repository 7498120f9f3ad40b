package io.muster.users;

/** The idempotency key is empty or longer than 255 characters. */
public final class InvalidIdempotencyKeyException extends RegistryException {

    private static final long serialVersionUID = 1L;

    InvalidIdempotencyKeyException() {
        super("an idempotency key has 1 to 255 characters");
    }
}
