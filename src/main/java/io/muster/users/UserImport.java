package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.users.store.RecordCodec;
import io.muster.users.store.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An import under way: takes line by line, and proposes users by the batch. A batch that is in doubt is proposed again, with the
 * same ids, so that nobody is inserted twice and nobody is called a conflict with himself. For one thread.
 */
public final class UserImport {

    private static final int MAXIMUM_USERS = 200;
    /** Of the users in one command; well below the largest command. */
    private static final int MAXIMUM_BYTES = 40 * 1024;

    private static final int TRIES = 5;

    private final Proposals proposals;
    private final Administrator administrator;
    private final InstantSource clock;
    private final Duration deadline;
    private final List<User> batch = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final List<ImportSummary.LineError> errors = new ArrayList<>();
    private int batchBytes;
    private long created;
    private long conflicts;
    private long invalid;

    /** @param deadline of each batch */
    UserImport(Proposals proposals, Administrator administrator, InstantSource clock, Duration deadline) {
        this.proposals = proposals;
        this.administrator = administrator;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Takes a user; answers whether the line was one. */
    public boolean add(long line, ImportedUser imported) {
        User user;
        try {
            user = imported.checked(clock.instant(), UUID::randomUUID);
        } catch (InvalidImportException e) {
            reject(line, e.violation().code(), String.valueOf(e.getMessage()));
            return false;
        }
        int bytes = RecordCodec.size(user);
        if (batch.size() == MAXIMUM_USERS || batchBytes + bytes > MAXIMUM_BYTES) {
            flush();
        }
        batch.add(user);
        lines.add(line);
        batchBytes += bytes;
        return true;
    }

    /** Counts a line that is no user. */
    public void reject(long line, String code, String detail) {
        invalid++;
        tell(line, code, detail);
    }

    private void tell(long line, String code, String detail) {
        if (errors.size() < ImportSummary.MAXIMUM_ERRORS) {
            errors.add(new ImportSummary.LineError(line, code, detail));
        }
    }

    /** Ends the import: all that was taken is durable. */
    public ImportSummary finish() {
        flush();
        return new ImportSummary(created, conflicts, invalid, errors);
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<ImportResult.Outcome> outcomes = propose();
        for (int i = 0; i < outcomes.size(); i++) {
            count(outcomes.get(i), lines.get(i));
        }
        batch.clear();
        lines.clear();
        batchBytes = 0;
    }

    private void count(ImportResult.Outcome outcome, long line) {
        if (outcome == ImportResult.Outcome.CREATED) {
            created++;
        } else {
            conflicts++;
            tell(line, "username-taken", "a user of that name or id is there");
        }
    }

    /** Whoever is present after a try in doubt was inserted by it. */
    private List<ImportResult.Outcome> propose() {
        boolean inDoubt = false;
        ConsensusException last = new ConsensusException.NoQuorum("no leader");
        for (int i = 0; i < TRIES; i++) {
            try {
                List<ImportResult.Outcome> outcomes = proposals
                        .propose(
                                administrator.asking(new ImportUsers(batch)),
                                ImportResult.class,
                                Deadline.after(deadline))
                        .result()
                        .outcomes();
                return inDoubt ? outcomes.stream().map(UserImport::afterDoubt).toList() : outcomes;
            } catch (ConsensusException e) {
                inDoubt |= e instanceof ConsensusException.OutcomeUnknown;
                last = e;
            }
        }
        // Earlier batches are there, whatever became of this one.
        throw created > 0 || inDoubt
                ? new ConsensusException.OutcomeUnknown("the import stopped behind " + created + " new users")
                : last;
    }

    private static ImportResult.Outcome afterDoubt(ImportResult.Outcome outcome) {
        return outcome == ImportResult.Outcome.PRESENT ? ImportResult.Outcome.CREATED : outcome;
    }
}
