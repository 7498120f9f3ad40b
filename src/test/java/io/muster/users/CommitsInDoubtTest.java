package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.TestStores;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators are told where the cluster does not answer as it should. */
class CommitsInDoubtTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final UUID ROOT = new UUID(7, 1);

    @TempDir
    Path directory;

    private final List<AuditEvent> events = new ArrayList<>();
    private UserStore store;
    private Doubtful cluster;
    private Proposals proposals;
    private Administration administration;
    private Administrator root;

    /** What becomes of a command. */
    private enum Fate {
        /** It is applied, and nobody hears of it. */
        UNHEARD,
        /** It is appended nowhere. */
        REFUSED
    }

    /** Applies commands and answers, but for the next few. */
    private static final class Doubtful implements Consensus {

        private final SingleReplica replica;
        private final Queue<Fate> fates = new ArrayDeque<>();
        private @Nullable ConsensusException afterCommit;

        Doubtful(SingleReplica replica) {
            this.replica = replica;
        }

        @Override
        public CompletableFuture<Committed> propose(Bytes command) {
            Fate fate = fates.poll();
            if (fate == Fate.REFUSED) {
                return CompletableFuture.failedFuture(new ConsensusException.NoQuorum("no leader"));
            }
            CompletableFuture<Committed> answer = replica.propose(command);
            return fate == Fate.UNHEARD
                    ? CompletableFuture.failedFuture(new ConsensusException.OutcomeUnknown("the leader died"))
                    : answer;
        }

        @Override
        public CompletableFuture<Long> readBarrier() {
            return replica.readBarrier();
        }

        @Override
        public CompletableFuture<Long> awaitApplied(long index) {
            return afterCommit == null ? replica.awaitApplied(index) : CompletableFuture.failedFuture(afterCommit);
        }

        @Override
        public long appliedIndex() {
            return replica.appliedIndex();
        }
    }

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new Doubtful(new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME)));
        proposals = new Proposals(cluster, events::add);
        administration = new Administration(proposals, store, InstantSource.system(), MINUTE);
        var administrator = CommandLog.user(1, "root").withAccess(new Access(0, false, List.of("admin")));
        assertThat(cluster.propose(CommandCodec.encode(new AddFirstAdministrator(administrator))))
                .isCompleted();
        root = new Caller(Objects.requireNonNull(store.userById(ROOT)), Deadline.after(MINUTE), 1).administrator();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ImportedUser user(String username) {
        return new ImportedUser(username, CommandLog.HASH.phc(), null, null, List.of(), false);
    }

    private UserImport importOf(String... usernames) {
        UserImport users = administration.beginImport(root);
        for (int i = 0; i < usernames.length; i++) {
            users.add(i + 1, user(usernames[i]));
        }
        return users;
    }

    /** Whoever is there since the try before is no conflict with himself. */
    @Test
    void importsABatchInDoubtOnce() {
        cluster.fates.add(Fate.UNHEARD);
        ImportSummary summary = importOf("alice", "root", "bob").finish();

        assertThat(summary.created()).isEqualTo(2);
        assertThat(summary.conflicts()).isEqualTo(1);
        assertThat(summary.errors()).extracting(ImportSummary.LineError::line).containsExactly(2L);
        assertThat(store.usersByName("", null, 10)).hasSize(3);
        assertThat(events)
                .contains(new AuditEvent(
                        AuditEvent.Kind.USERS_IMPORTED, null, Map.of("users", "3", "outcome", "unknown")));
    }

    @Test
    void triesAgainWhereNothingWasAppended() {
        cluster.fates.addAll(List.of(Fate.REFUSED, Fate.REFUSED));

        assertThat(importOf("alice").finish().created()).isEqualTo(1);
    }

    @Test
    void saysThatNothingWasImportedOnlyWhereThatIsSo() {
        for (int i = 0; i < 5; i++) {
            cluster.fates.add(Fate.REFUSED);
        }
        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> importOf("alice").finish());

        cluster.fates.add(Fate.UNHEARD);
        for (int i = 0; i < 4; i++) {
            cluster.fates.add(Fate.REFUSED);
        }
        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() -> importOf("bob").finish());
    }

    /** Earlier batches are there, whatever became of the last. */
    @Test
    void saysThatTheOutcomeIsUnknownOnceABatchIsThere() {
        UserImport users = administration.beginImport(root);
        for (int i = 0; i < 201; i++) {
            users.add(i + 1, user("user" + i));
        }
        for (int i = 0; i < 5; i++) {
            cluster.fates.add(Fate.REFUSED);
        }

        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class).isThrownBy(users::finish);
        assertThat(store.usersByName("user", null, 1_000)).hasSize(200);
    }

    /** A change that was made must not be answered as one that was not. */
    @Test
    void doesNotDenyAChangeThatItCannotSeeYet() {
        cluster.afterCommit = new ConsensusException.NoQuorum("the leader died");

        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() ->
                        administration.change(root, ROOT, new AccountChange(null, List.of("admin", "auditor"), null)));
        assertThat(Objects.requireNonNull(store.userById(ROOT)).access().roles())
                .contains("auditor");
    }

    /** It may have been made, so it must be found. */
    @Test
    void takesDownWhatMayHaveBeenDone() {
        cluster.fates.add(Fate.UNHEARD);
        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() -> administration.change(root, ROOT, new AccountChange(true, null, null)));
        cluster.fates.add(Fate.UNHEARD);
        var register = new RegisterCommand(CommandLog.user(2, "alice"));
        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() -> proposals.propose(register, RegisterResult.class, Deadline.after(MINUTE)));
        cluster.fates.add(Fate.UNHEARD);
        var locking = new AccountCommand.LockUser(ROOT, 0, 0, new Lock(2_000, 1));
        assertThat(proposals.proposeUnawaited(locking)).isCompletedExceptionally();
        cluster.fates.add(Fate.REFUSED);
        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> administration.change(root, ROOT, new AccountChange(false, null, null)));

        assertThat(events)
                .containsExactly(
                        new AuditEvent(
                                AuditEvent.Kind.USER_CHANGED, ROOT, Map.of("disabled", "true", "outcome", "unknown")),
                        new AuditEvent(
                                AuditEvent.Kind.USER_REGISTERED, register.user().id(), Map.of("outcome", "unknown")),
                        new AuditEvent(
                                AuditEvent.Kind.USER_LOCKED,
                                ROOT,
                                Map.of("until", "1970-01-01T00:00:02Z", "outcome", "unknown")));
    }
}
