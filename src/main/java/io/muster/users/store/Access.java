package io.muster.users.store;

import java.util.Collection;
import java.util.List;

/**
 * What a user may do, and since when.
 *
 * @param epoch raised by every change that ends the user's sessions: tokens carry it; 0 or greater
 * @param disabled whether the user may not log in
 * @param roles in order, without doubles
 * @param lock after too many wrong passwords
 */
public record Access(long epoch, boolean disabled, List<String> roles, Lock lock) {

    /** Of a user who has just registered. */
    public static final Access INITIAL = new Access(0, false, List.of());

    /** The role of those who may administer users. */
    public static final String ADMINISTRATOR = "admin";

    public Access {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is 0 or greater, not " + epoch);
        }
        roles = List.copyOf(roles);
        if (!roles.equals(ordered(roles)) || roles.contains("")) {
            throw new IllegalArgumentException("roles stand in order, without doubles, and have names");
        }
    }

    /** Of a user who was never locked. */
    public Access(long epoch, boolean disabled, List<String> roles) {
        this(epoch, disabled, roles, Lock.NONE);
    }

    /** The same roles as they are kept: in order, without doubles. */
    public static List<String> ordered(Collection<String> roles) {
        return roles.stream().sorted().distinct().toList();
    }

    /** Whether this is the access of one who may administer users now. */
    public boolean administers() {
        return !disabled && roles.contains(ADMINISTRATOR);
    }

    /** The same with the next epoch. */
    public Access raised() {
        return new Access(epoch + 1, disabled, roles, lock);
    }

    /** The same behind another lock. */
    public Access withLock(Lock changed) {
        return new Access(epoch, disabled, roles, changed);
    }
}
