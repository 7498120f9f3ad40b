package io.muster.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.node.Clock;
import io.muster.node.FatalHandler;
import io.muster.node.Replica;
import io.muster.node.ReplicaObserver;
import io.muster.node.ReplicaOptions;
import io.muster.node.ReplicaParts;
import io.muster.node.SnapshotStore;
import io.muster.node.ThreadWorkers;
import io.muster.ops.AuditLog;
import io.muster.ops.ReplicaJournal;
import io.muster.ops.TimedDisk;
import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;
import io.muster.storage.FileDisk;
import io.muster.transport.GrpcTransport;
import io.muster.users.AccountLockout;
import io.muster.users.Accounts;
import io.muster.users.Administration;
import io.muster.users.Audit;
import io.muster.users.Authenticator;
import io.muster.users.Housekeeping;
import io.muster.users.PasswordHasher;
import io.muster.users.Proposals;
import io.muster.users.Registry;
import io.muster.users.Rehash;
import io.muster.users.Sessions;
import io.muster.users.Tokens;
import io.muster.users.UserStateMachine;
import io.muster.users.store.RocksUserStore;
import io.muster.users.store.UserStore;
import io.muster.users.token.KeyWrap;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The replica itself, from its disk to its registry. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MusterProperties.class)
class ReplicaConfiguration {

    private static final String USERS_DIRECTORY = "users";
    private static final String SNAPSHOTS_DIRECTORY = "snapshots";

    @Bean
    Settings settings(MusterProperties properties) {
        Settings settings = new Settings(properties);
        settings.warnOfWeakness();
        return settings;
    }

    @Bean
    FatalHandler fatalHandler() {
        return new ProcessEnd();
    }

    @Bean(destroyMethod = "close")
    DataDirectory dataDirectory(Settings settings, MeterRegistry meters) {
        return DataDirectory.open(new TimedDisk(FileDisk.open(settings.dataDirectory()), meters), settings.identity());
    }

    /** Depends on the directory, which is locked by then. */
    @Bean(destroyMethod = "close")
    RocksUserStore userStore(Settings settings, DataDirectory locked, FatalHandler fatal) {
        return RocksUserStore.open(
                settings.dataDirectory().resolve(USERS_DIRECTORY),
                settings.dataDirectory().resolve(SNAPSHOTS_DIRECTORY),
                locked.logStart(),
                fatal::fatal);
    }

    @Bean
    SnapshotStore snapshotStore(RocksUserStore store) {
        return store.snapshots();
    }

    @Bean
    UserStateMachine stateMachine(UserStore store) {
        return new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME);
    }

    @Bean
    DurableLog durableLog(DataDirectory directory, UserStateMachine stateMachine, Settings settings) {
        return directory.openLog(stateMachine.appliedIndex(), settings.log());
    }

    @Bean(destroyMethod = "close")
    ThreadWorkers workers(DurableLog log, UserStateMachine stateMachine, FatalHandler fatal) {
        return new ThreadWorkers("raft", fatal);
    }

    @Bean
    Clock steadyClock() {
        return new SystemClock();
    }

    @Bean
    ReplicaObserver replicaObserver(MeterRegistry meters) {
        return new ReplicaJournal(meters);
    }

    @Bean
    Replica replica(
            Settings settings,
            DataDirectory directory,
            DurableLog log,
            UserStateMachine stateMachine,
            SnapshotStore snapshots,
            GrpcTransport transport,
            Clock clock,
            ThreadWorkers workers,
            FatalHandler fatal,
            ReplicaObserver observer) {
        ReplicaOptions options = settings.replica();
        ReplicaParts parts =
                new ReplicaParts(directory, log, stateMachine, snapshots, transport, clock, workers, fatal, observer);
        Replica replica = new Replica(options, parts, new SecureRandom());
        transport.connect(replica);
        return replica;
    }

    @Bean
    ReplicaLifecycle replicaLifecycle(Replica replica) {
        return new ReplicaLifecycle(replica);
    }

    @Bean(destroyMethod = "close")
    PasswordHasher passwordHasher(Settings settings) {
        return new PasswordHasher(
                settings.hashScheme(),
                settings.peppers(),
                settings.hashThreads(),
                settings.hashQueue(),
                settings.maxHashWait());
    }

    @Bean
    Audit audit(MeterRegistry meters) {
        return new AuditLog(meters);
    }

    @Bean
    Proposals proposals(Replica replica, Audit audit) {
        return new Proposals(replica, audit);
    }

    @Bean
    KeyWrap keyWrap(Settings settings) {
        return settings.keyWrap();
    }

    @Bean
    Tokens tokens(Proposals proposals, UserStore store, KeyWrap wrap, Settings settings) {
        return new Tokens(proposals, store, settings.tokens(), InstantSource.system(), wrap, settings.deadline());
    }

    @Bean(destroyMethod = "close")
    Housekeeping housekeeping(
            Settings settings, Proposals proposals, UserStore store, PasswordHasher hasher, Tokens tokens) {
        List<Runnable> chores = new ArrayList<>(List.of(tokens::keepKeys));
        // Where there is one, what the settings say of the first matters no more.
        if (store.administrators(1).isEmpty()) {
            settings.firstAdministrator(proposals, store, hasher).ifPresent(first -> chores.add(first::makeIfNone));
        }
        return new Housekeeping(chores);
    }

    @Bean
    Administration administration(Proposals proposals, UserStore store, Settings settings) {
        return new Administration(proposals, store, InstantSource.system(), settings.deadline());
    }

    @Bean
    AccountLockout accountLockout(Proposals proposals, Settings settings) {
        return new AccountLockout(proposals, settings.lockout(), InstantSource.system());
    }

    @Bean
    Authenticator authenticator(
            Proposals proposals, UserStore store, PasswordHasher hasher, AccountLockout lockout, Audit audit) {
        return new Authenticator(store, hasher, lockout, new Rehash(proposals, hasher), audit);
    }

    @Bean
    Sessions sessions(Proposals proposals, UserStore store, Tokens tokens, Settings settings) {
        return new Sessions(proposals, store, tokens, settings.refreshTokens(), settings.deadline());
    }

    @Bean
    Registry registry(
            Proposals proposals,
            Authenticator authenticator,
            PasswordHasher hasher,
            Sessions sessions,
            Settings settings) {
        return new Registry(
                proposals,
                authenticator,
                hasher,
                sessions,
                settings.registry(),
                InstantSource.system(),
                UUID::randomUUID);
    }

    @Bean
    Accounts accounts(Proposals proposals, Authenticator authenticator, PasswordHasher hasher, Settings settings) {
        return new Accounts(proposals, authenticator, hasher, settings.registry(), InstantSource.system());
    }
}
