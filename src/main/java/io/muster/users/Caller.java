package io.muster.users;

import io.muster.users.store.User;

/** A user who has shown a valid token, and now has until the deadline of the call for what he asks. */
public final class Caller {

    private final User user;
    private final Deadline deadline;
    private final long index;

    Caller(User user, Deadline deadline, long index) {
        this.user = user;
        this.deadline = deadline;
        this.index = index;
    }

    User user() {
        return user;
    }

    Deadline deadline() {
        return deadline;
    }

    /** His account, as it was when he showed the token. */
    public Account account() {
        return Account.of(user, index);
    }
}
