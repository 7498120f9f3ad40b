package io.muster.users;

/** What applying an {@link AccountCommand} or {@link AddSigningKey} did. */
enum ChangeResult implements RegistryResult {
    /** The change was made. */
    DONE,
    /** No user has that id; nothing changed. */
    MISSING,
    /** What the command expected is not so any more; nothing changed. */
    OUTDATED,
    /** Nobody would be left who may administer users; nothing changed. */
    LAST_ADMINISTRATOR,
    /** The administrator who asked is none any more, or his session has ended; nothing changed. */
    DENIED,
    /** The refresh token was replaced before: its family has ended. */
    REUSED
}
