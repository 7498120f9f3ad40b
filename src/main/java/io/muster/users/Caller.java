package io.muster.users;

import io.muster.users.store.User;
import java.util.Objects;
import java.util.UUID;

/** A user who has shown a valid token, and now has until the deadline of the call for what he asks. */
public final class Caller {

    private final User user;
    private final Deadline deadline;
    private final long index;

    Caller(User user, Deadline deadline, long index) {
        this.user = Objects.requireNonNull(user);
        this.deadline = deadline;
        this.index = index;
    }

    User user() {
        return user;
    }

    /** Whose account it is. */
    public UUID userId() {
        return user.id();
    }

    Deadline deadline() {
        return deadline;
    }

    /** Whether {@link #administrator} is to be had. */
    public boolean isAdministrator() {
        return user.access().administers();
    }

    /** The same with the rights of an administrator; throws {@link ForbiddenException} where he has none. */
    public Administrator administrator() {
        if (!isAdministrator()) {
            throw new ForbiddenException();
        }
        return new Administrator(this);
    }

    /** His account, as it was when he showed the token. */
    public Account account() {
        return Account.of(user, index);
    }
}
