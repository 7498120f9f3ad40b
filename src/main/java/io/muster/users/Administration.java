package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.store.ResetCode;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do with the accounts of others, on any replica. Thread-safe. Methods block, until the deadline of the
 * administrator's call at most, and throw {@link RegistryException} where the request is at fault, {@link ConsensusException}
 * where the cluster is.
 */
public final class Administration {

    /** The largest page of users. */
    public static final int MAXIMUM_PAGE = 1000;

    private static final Duration RESET_CODE_LIFETIME = Duration.ofDays(1);
    private static final int EXPORT_PAGE = 500;

    private final Proposals proposals;
    private final UserStore store;
    private final InstantSource clock;
    private final Duration deadline;

    /**
     * What administrators do, on this replica.
     *
     * @param store the state that the proposals change; only read here
     * @param clock stamps imported users who have no time
     * @param deadline of each batch of an import, positive
     */
    public Administration(Proposals proposals, UserStore store, InstantSource clock, Duration deadline) {
        this.proposals = proposals;
        this.store = store;
        this.clock = clock;
        this.deadline = deadline;
    }

    /**
     * Users in the order of their names, linearizable page by page.
     *
     * @param prefix of the names, in any case; empty for all
     * @param after the name behind which to begin, null for the first
     * @param limit at most so many, 1 to {@link #MAXIMUM_PAGE}
     */
    public UserPage list(Administrator administrator, String prefix, @Nullable String after, int limit) {
        if (limit < 1 || limit > MAXIMUM_PAGE) {
            throw new PolicyViolationException(List.of(Violation.outOfRange("limit", 1, MAXIMUM_PAGE)));
        }
        String mapped = prefix.isEmpty() ? prefix : Username.mapped(prefix);
        long index = proposals.readBarrier(administrator.deadline());
        List<User> found = store.usersByName(mapped, after, limit + 1);
        List<Account> page =
                found.stream().limit(limit).map(user -> Account.of(user, index)).toList();
        return new UserPage(page, found.size() > limit ? page.getLast().username() : null, index);
    }

    /** The account of that id; throws {@link UnknownUserException} where there is none. */
    public Account get(Administrator administrator, UUID id) {
        long index = proposals.readBarrier(administrator.deadline());
        return account(id, index);
    }

    /** Changes an account, which ends its sessions, and answers what it is then. */
    public Account change(Administrator administrator, UUID id, AccountChange change) {
        if (change.checked().isNone()) {
            return get(administrator, id);
        }
        long index = propose(
                new AccountCommand.ChangeUser(id, change.disabled(), change.roles(), change.locked() != null),
                administrator);
        proposals.awaitApplied(index, administrator.deadline());
        return account(id, index);
    }

    /** Deletes an account. The name is free then. Answers the place in the log. */
    public long delete(Administrator administrator, UUID id) {
        return propose(new AccountCommand.DeleteUser(id, null), administrator);
    }

    /**
     * Gives a user a code by which he may set a password once, for a day; one of before is void then. For users who cannot be reached
     * otherwise: the administrator hands it over.
     */
    public GivenResetCode giveResetCode(Administrator administrator, UUID id) {
        String code = ResetCodes.next();
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(RESET_CODE_LIFETIME);
        ResetCode hashed = new ResetCode(ResetCodes.hash(code), expiresAt.toEpochMilli());
        return new GivenResetCode(
                code, expiresAt, propose(new AccountCommand.GiveResetCode(id, hashed), administrator));
    }

    /** Begins to import users of elsewhere. */
    public UserImport beginImport(Administrator administrator) {
        return new UserImport(proposals, administrator, clock, deadline);
    }

    /**
     * Hands over all users in the order of their names. Every user is among them who was there when the call began and still is; of those
     * who come, go or change meanwhile, some are as before and some as after.
     *
     * @param after the name behind which to begin, such as the last one of an export that broke off; null for the first
     */
    public <E extends Exception> void export(Administrator administrator, @Nullable String after, UserSink<E> sink)
            throws E {
        long _ = proposals.readBarrier(administrator.deadline());
        proposals.audit().record(new AuditEvent(AuditEvent.Kind.USERS_EXPORTED, null));
        String last = after;
        List<User> page;
        do {
            page = store.usersByName("", last, EXPORT_PAGE);
            for (User user : page) {
                sink.take(ExportedUser.of(user));
                last = user.username();
            }
        } while (page.size() == EXPORT_PAGE);
    }

    /** Takes users that are exported. */
    @FunctionalInterface
    public interface UserSink<E extends Exception> {

        /** One more. */
        void take(ExportedUser user) throws E;
    }

    private Account account(UUID id, long index) {
        User user = store.userById(id);
        if (user == null) {
            throw new UnknownUserException();
        }
        return Account.of(user, index);
    }

    private long propose(AccountCommand command, Administrator administrator) {
        Proposals.Outcome<ChangeResult> outcome =
                proposals.propose(administrator.asking(command), ChangeResult.class, administrator.deadline());
        return switch (outcome.result()) {
            case DONE -> outcome.index();
            case MISSING, OUTDATED, REUSED -> throw new UnknownUserException();
            case DENIED -> throw new InvalidTokenException();
            case LAST_ADMINISTRATOR -> throw new LastAdministratorException();
        };
    }
}
