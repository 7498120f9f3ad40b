package io.muster.storage;

import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.storage.StorageException.Damaged;
import io.muster.storage.StorageException.Locked;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of one replica: {@code lock}, {@code identity}, {@code vote} and {@code log/}. For one thread at a
 * time; the log has rules of its own. Methods throw {@link StorageException}; after one failed write or sync, of the log or
 * of the vote, all of them refuse.
 *
 * <p>At the first start the vote is written first, for nobody in term 0, and the identity last: it commits the
 * first start, and before it nothing can have been promised to anybody. So a directory without identity starts anew, unless a
 * log or a vote in a term shows that its identity was lost; and with an identity, a vote must be there.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Vote NO_VOTE = new Vote(0, null);

    private final FailStopDisk disk;
    private final LongSupplier salts;
    private final VoteFile voteFile;
    private final LogStartFile startFile;
    private final LogFiles logFiles;
    private Vote vote = NO_VOTE;
    private @Nullable StartPoint startPoint;
    private @Nullable SegmentedLog log;

    private DataDirectory(FailStopDisk disk, Identity owner, LongSupplier salts) {
        this.disk = disk;
        this.salts = salts;
        this.voteFile = new VoteFile(disk, owner);
        this.startFile = new LogStartFile(disk);
        this.logFiles = new LogFiles(disk);
    }

    /** As {@link #open(Disk, Identity, LongSupplier)}, with salts from the system's secure random numbers. */
    public static DataDirectory open(Disk disk, Identity expected) {
        return open(disk, expected, new SecureRandom()::nextLong);
    }

    /**
     * Locks the directory, checks that it is this replica's, or makes it so at the first start, and reads the vote. The
     * disk is closed with it, and also when this fails behind the lock.
     *
     * @param salts random numbers that mark segments; a constant sequence only where a run must repeat
     */
    public static DataDirectory open(Disk disk, Identity expected, LongSupplier salts) {
        FailStopDisk failStop = new FailStopDisk(disk);
        if (!failStop.lock()) {
            throw new Locked("another process holds the data directory " + disk
                    + ": stop it, or point this replica at its own directory");
        }
        DataDirectory directory = new DataDirectory(failStop, expected, salts);
        try {
            directory.start(expected);
        } catch (StorageException e) {
            failStop.close();
            throw e;
        }
        return directory;
    }

    private void start(Identity expected) {
        IdentityFile identityFile = new IdentityFile(disk);
        Identity found = identityFile.read();
        if (found == null) {
            requireNothingLost();
        } else {
            IdentityFile.requireSame(found, expected);
            vote = requireVote();
        }
        startPoint = startFile.read();
        identityFile.removeLeftover();
        voteFile.removeLeftover();
        // Also a vote that was read: a run that died before the sync may have left it in the page cache only.
        voteFile.write(vote);
        if (found == null) {
            identityFile.write(expected);
        }
    }

    private void requireNothingLost() {
        Vote leftover = voteFile.read();
        if ((leftover != null && leftover.term() > 0) || !logFiles.segments().isEmpty()) {
            throw new Damaged("identity is missing beside a vote or a log: restore the file, "
                    + "or let this replica rejoin under a new identity");
        }
    }

    private Vote requireVote() {
        Vote found = voteFile.read();
        if (found == null) {
            throw new Damaged("vote is missing, and without it this replica could vote twice in a term: "
                    + "it must rejoin under a new identity");
        }
        return found;
    }

    /**
     * The current term and vote, durable. From {@link #openLog} on, the term is at least that of the log's last entry:
     * max(vote file, last entry).
     */
    public Vote vote() {
        return vote;
    }

    /**
     * The entry behind which the log starts, {@link LogStart#ZERO} where it was never cut; known before {@link #openLog}. The
     * user state must have applied it by then: where a crash came between {@link DurableLog#reset} and the change of the
     * state, that change is completed first.
     */
    public LogStart logStart() {
        SegmentedLog opened = log;
        return opened == null ? recoveryPoint().log() : opened.start();
    }

    private StartPoint recoveryPoint() {
        return startPoint == null ? StartPoint.FIRST : startPoint;
    }

    /**
     * Makes a vote durable, and returns when it is. The log must be open: a vote beside no log tells a later start that the
     * log was lost.
     *
     * @throws IllegalArgumentException when the term went back, or the vote of a term changed
     */
    public void saveVote(Vote next) {
        if (log == null) {
            throw new IllegalStateException("the log is opened before the first vote");
        }
        NodeId given = vote.votedFor();
        boolean changed = next.term() == vote.term() && given != null && !given.equals(next.votedFor());
        if (next.term() < vote.term() || changed) {
            throw new IllegalArgumentException(next + " cannot follow " + vote);
        }
        voteFile.write(next);
        vote = next;
    }

    /**
     * Opens the log, once: makes it at the first start, else recovers it, cutting an unsynced tail.
     *
     * @param appliedIndex index of the last entry that the user state has applied, 0 for none; the log must reach it,
     *     and start no later
     * @param options sizes for new segments
     */
    public DurableLog openLog(long appliedIndex, LogOptions options) {
        if (log != null) {
            throw new IllegalStateException("the log is open already");
        }
        List<String> segments = logFiles.segments();
        if (segments.isEmpty() && (vote.term() > 0 || appliedIndex > 0 || startPoint != null)) {
            throw Damaged.at(
                    SegmentHeader.path(LogState.FIRST_SEGMENT),
                    0,
                    "the log is missing beside " + vote + " and applied entry " + appliedIndex);
        }
        startFile.removeLeftover();
        logFiles.settleUnfinished(recoveryPoint());
        SegmentedLog opened = new SegmentedLog(disk, options, salts, state(appliedIndex, options));
        log = opened;
        if (opened.lastTerm() > vote.term()) {
            saveVote(new Vote(opened.lastTerm(), null));
        }
        return opened;
    }

    private LogState state(long appliedIndex, LogOptions options) {
        List<String> segments = logFiles.segments();
        if (!segments.isEmpty()) {
            return LogRecovery.recover(disk, segments, recoveryPoint(), appliedIndex);
        }
        disk.createDirectory(SegmentHeader.DIRECTORY);
        disk.syncDirectory("");
        return LogState.create(disk, options, salts.getAsLong());
    }

    /** Closes the files and releases the lock. Writes nothing: see {@link DurableLog#seal} for a clean stop. */
    @Override
    public void close() {
        try {
            if (log != null) {
                log.close();
            }
        } finally {
            disk.close();
        }
    }
}
