package io.muster.sim;

/** What the {@link Nemesis} does. */
enum Fault {
    /** A process is killed, in the middle of what it writes; the machine keeps what was written. */
    KILL,
    KILL_LEADER,
    /** A machine loses what was not synced, in any part. */
    POWER_LOSS,
    POWER_LOSS_OF_LEADER,
    POWER_LOSS_OF_ALL,
    KILL_MAJORITY,
    /** A replica is away for so long that the log of the others may start behind the end of its own. */
    LONG_ABSENCE,
    /** The next snapshot that is installed ends the process in the midst of it. */
    KILL_INSTALLING,
    /** A process is stopped as an operator does it, and started again. */
    RESTART,
    /** A process stands still, as in a long collection of garbage or on a laptop that sleeps. */
    PAUSE,
    PAUSE_LEADER,
    /** Messages in one direction between two replicas are lost. */
    CUT_ONE_WAY,
    /** Two sides do not hear each other. */
    PARTITION,
    /** Two sides hear each other only by way of one replica. */
    BRIDGE,
    /** Every replica hears some majority, but no two the same. */
    RING,
    ISOLATE_LEADER,
    ISOLATE_FOLLOWER,
    /** The leader is heard but hears nobody. */
    DEAFEN_LEADER,
    /** The leader hears but is not heard. */
    SILENCE_LEADER,
    /** The leader hands over, and hears nothing, or hears late, of what comes of it: it takes itself for the leader still. */
    DEPOSE_UNHEARD,
    /** The next leaders are killed soon after their election, so that entries of many terms stand side by side. */
    KILL_NEW_LEADERS,
    /** The next leaders can reach one follower only. */
    CONFINE_NEW_LEADERS,
    LOSS,
    DUPLICATION,
    /** Some messages come late, behind newer ones. */
    LATENESS,
    /** All that goes to one replica comes late. */
    SLOW_WAY,
    BREAK_STREAMS,
    SLOW_DISK,
    /** A write does not end for a while. */
    STALLED_DISK,
    STALLED_DISK_OF_LEADER,
    FAILING_WRITES,
    FAILING_SYNCS,
    FAILING_READS,
    FULL_DISK,
    /** Bits of an acknowledged frame, or of a file beside the log, change. */
    BIT_ROT,
    /** A sector was written to another place than it should have been. */
    MISDIRECTED_WRITE,
    /** A sector was never written, though the disk said so. */
    LOST_WRITE,
    DRIFTING_CLOCK,
    WALL_JUMP,
    /** The user state is flushed, so that a crash loses less of it than of the log's tail. */
    FLUSH_STATE,
    SLOW_APPLY,
    HURRYING_CLIENTS
}
