package io.muster.users;

/** Why a request was refused, for a reason in the request. The message contains no secret. */
public abstract sealed class RegistryException extends RuntimeException
        permits ForbiddenException,
                IdempotencyKeyReusedException,
                InvalidCredentialsException,
                InvalidIdempotencyKeyException,
                InvalidTokenException,
                LastAdministratorException,
                PolicyViolationException,
                RegistrationClosedException,
                RotationUnderWayException,
                UnknownUserException,
                UsernameTakenException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message, null, false, false);
    }
}
