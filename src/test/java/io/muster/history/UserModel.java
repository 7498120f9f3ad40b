package io.muster.history;

/** What one user is, if everything happened one after the other: nobody, or somebody with a password. */
final class UserModel {

    /** Nobody has registered. Other states are the password of who has. */
    static final int ABSENT = 0;

    /** No state: the operation cannot have had its outcome. */
    static final int IMPOSSIBLE = -1;

    private UserModel() {}

    /**
     * The state after an operation that took effect in {@code state}; {@link #IMPOSSIBLE} where it would have ended
     * otherwise. A registration of unknown outcome takes effect only where it changes something.
     */
    static int next(int state, Operation operation) {
        boolean possible = switch (operation.outcome()) {
            case OK -> operation.kind() == Operation.Kind.REGISTER ? state == ABSENT : state == operation.password();
            case UNKNOWN -> state == ABSENT;
            case CONFLICT -> state != ABSENT;
            case INVALID_CREDENTIALS -> state != operation.password();
            case REFUSED -> false;
        };
        if (!possible) {
            return IMPOSSIBLE;
        }
        return operation.kind() == Operation.Kind.REGISTER && state == ABSENT ? operation.password() : state;
    }
}
