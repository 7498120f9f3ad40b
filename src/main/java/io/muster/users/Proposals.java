package io.muster.users;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Proposes commands, reads their results, and has what they changed taken down. Thread-safe. */
public final class Proposals {

    private final Consensus consensus;
    private final Audit audit;

    public Proposals(Consensus consensus, Audit audit) {
        this.consensus = consensus;
        this.audit = audit;
    }

    Audit audit() {
        return audit;
    }

    /**
     * What applying a command did, and where in the log.
     *
     * @param index its place
     */
    record Outcome<R>(long index, R result) {}

    /** The command takes effect, durably on a majority, before this returns. */
    <R extends RegistryResult> Outcome<R> propose(RegistryCommand command, Class<R> kind, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new ConsensusException.Overloaded("no time was left to propose the change");
        }
        try {
            Consensus.Committed committed = Answers.await(
                    consensus.propose(CommandCodec.encode(command)),
                    deadline,
                    () -> new ConsensusException.OutcomeUnknown("the change was not confirmed in time"));
            R result = resultOf(committed, kind);
            AuditEvents.of(command, result).ifPresent(audit::record);
            return new Outcome<>(committed.index(), result);
        } catch (ConsensusException.OutcomeUnknown e) {
            AuditEvents.unconfirmed(command).ifPresent(audit::record);
            throw e;
        }
    }

    /** Proposes what nobody waits for; the future is done when it is. */
    CompletableFuture<Void> proposeUnawaited(RegistryCommand command) {
        return consensus
                .propose(CommandCodec.encode(command))
                .thenAccept(committed -> AuditEvents.of(command, resultOf(committed, RegistryResult.class))
                        .ifPresent(audit::record))
                .whenComplete((_, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof ConsensusException.OutcomeUnknown) {
                        AuditEvents.unconfirmed(command).ifPresent(audit::record);
                    }
                });
    }

    /** A leader of a newer version may answer what this one cannot read. The command was applied all the same. */
    private static <R extends RegistryResult> R resultOf(Consensus.Committed committed, Class<R> kind) {
        try {
            RegistryResult result = ResultCodec.decode(committed.result());
            if (result == ChangeResult.DENIED) {
                throw new InvalidTokenException();
            }
            return kind.cast(result);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new ConsensusException.OutcomeUnknown("the result of the change cannot be read");
        }
    }

    /**
     * Waits until this replica has applied what was answered to have been done; throws {@link ConsensusException.OutcomeUnknown}
     * where that takes too long: no other failure would be true any more.
     */
    void awaitApplied(long index, Deadline deadline) {
        try {
            long _ = Answers.await(
                    consensus.awaitApplied(index),
                    deadline,
                    () -> new ConsensusException.OutcomeUnknown("the change was made, and is not seen here yet"));
        } catch (ConsensusException e) {
            throw new ConsensusException.OutcomeUnknown("the change was made, and is not seen here yet");
        }
    }

    /** Waits until this replica's state is as new as any answer was when the call began; answers its index. */
    long readBarrier(Deadline deadline) {
        return Answers.await(
                consensus.readBarrier(),
                deadline,
                () -> new ConsensusException.NoQuorum("no read point was confirmed in time"));
    }
}
