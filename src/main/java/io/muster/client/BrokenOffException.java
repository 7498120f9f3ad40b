package io.muster.client;

/** An answer broke off behind whole lines of it, which are kept. */
final class BrokenOffException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    BrokenOffException(String reason) {
        super(false, reason);
    }
}
