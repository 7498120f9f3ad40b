package io.muster.users;

/** The newest signing key does not sign yet. Nothing changed. */
public final class RotationUnderWayException extends RegistryException {

    private static final long serialVersionUID = 1L;

    RotationUnderWayException() {
        super("the newest signing key does not sign yet");
    }
}
