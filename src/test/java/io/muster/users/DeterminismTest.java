package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.users.store.Access;
import io.muster.users.store.AppliedState;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.Request;
import io.muster.users.store.RequestStamp;
import io.muster.users.store.SigningKey;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal entries give equal results and states, wherever batches begin and end, and whatever a crash took away. */
class DeterminismTest {

    private static final int NAMES = 120;
    private static final int KEYS = 60;
    private static final int ENTRIES = 400;
    private static final List<String> ROLES = List.of("admin", "auditor");

    private static final Set<Object> KINDS = new HashSet<>();

    @TempDir
    Path temporary;

    private static CommandLog randomLog(Random random) {
        CommandLog log = new CommandLog(1_700_000_000_000L);
        int administrator = 0;
        String newestKey = null;
        for (int i = 0; i < ENTRIES; i++) {
            // Bursts and long pauses: some entries expire many records, some none, some those of their own batch.
            log.later(random.nextInt(10) == 0 ? random.nextLong(60_000_000) : random.nextLong(2));
            int kind = random.nextInt(20);
            if (kind < 2) {
                log.noOp();
            } else if (kind < 6) {
                int number = random.nextInt(4) == 0 ? administrator : random.nextInt(i + 1);
                log.command(asked(random, administrator, accountCommand(random, new UUID(7, number))));
            } else if (kind == 9) {
                UUID id = new UUID(7, random.nextInt(i + 1));
                for (int each = 0; each < 4; each++) {
                    log.command(tokenCommand(random, id));
                    log.later(random.nextLong(2));
                }
            } else if (kind == 7) {
                administrator = i;
                log.command(new AddFirstAdministrator(
                        CommandLog.user(i, "user" + random.nextInt(NAMES)).withAccess(new Access(0, false, ROLES))));
            } else if (kind == 8) {
                log.command(new ImportUsers(IntStream.range(0, 3)
                        .mapToObj(_ -> CommandLog.user(random.nextInt(ENTRIES), "user" + random.nextInt(NAMES)))
                        .toList()));
            } else if (kind == 6) {
                AddSigningKey addition = keyCommand(random, i, newestKey);
                log.command(addition);
                newestKey = Objects.equals(addition.expectedNewest(), newestKey)
                        ? addition.key().id()
                        : newestKey;
            } else {
                User user = CommandLog.user(i, "user" + random.nextInt(NAMES));
                log.register(user, random.nextInt(4) == 0 ? null : CommandLog.key(random.nextInt(KEYS)));
            }
        }
        return log;
    }

    private static RegistryCommand accountCommand(Random random, UUID id) {
        long epoch = random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0 -> new AccountCommand.ChangePassword(id, epoch, new PasswordHash("$hash" + random.nextInt()));
            case 1 -> new AccountCommand.EndSessions(id, epoch);
            case 2 -> new AccountCommand.DeleteUser(id, random.nextBoolean() ? epoch : null);
            default ->
                new AccountCommand.ChangeUser(
                        id,
                        random.nextBoolean(),
                        random.nextBoolean() ? ROLES.subList(1, 2) : null,
                        random.nextBoolean());
        };
    }

    private static RegistryCommand tokenCommand(Random random, UUID userId) {
        UUID familyId = new UUID(8, random.nextInt(2));
        if (random.nextInt(4) == 0) {
            return new AccountCommand.EndFamily(userId, familyId);
        }
        return random.nextInt(3) == 0
                ? new AccountCommand.OpenFamily(userId, 0, familyId, hash(random), 1 + random.nextInt(100_000_000))
                : new AccountCommand.RotateToken(
                        userId,
                        familyId,
                        hash(random),
                        hash(random),
                        1 + random.nextInt(100_000_000),
                        random.nextInt(2));
    }

    private static Bytes hash(Random random) {
        return CommandLog.key(random.nextInt(3));
    }

    private static RegistryCommand asked(Random random, int administrator, RegistryCommand command) {
        return random.nextInt(3) == 0
                ? new ByAdministrator(new UUID(7, administrator), random.nextInt(2), command)
                : command;
    }

    private static AddSigningKey keyCommand(Random random, int number, @Nullable String newest) {
        SigningKey key = new SigningKey(
                "key" + number,
                CommandLog.key(number),
                CommandLog.key(number),
                Long.MAX_VALUE,
                1_700_000_000_000L + random.nextInt(100_000_000));
        return new AddSigningKey(key, random.nextInt(4) == 0 ? "unknown" : newest, random.nextInt(100_000_000));
    }

    private static UserStore open(Path directory) {
        return TestStores.open(directory);
    }

    private static List<Bytes> applyInBatches(UserStore store, List<Entry> entries, Random random) {
        UserStateMachine machine = new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME);
        List<Bytes> results = new ArrayList<>();
        int from = 0;
        while (from < entries.size()) {
            int to = Math.min(entries.size(), from + 1 + random.nextInt(70));
            results.addAll(machine.apply(entries.subList(from, to)));
            from = to;
        }
        return results;
    }

    private record Content(
            AppliedState applied,
            List<User> users,
            List<Request> requests,
            List<RequestStamp> stamps,
            List<SigningKey> keys) {

        static Content of(UserStore store) {
            Stream<User> byName = IntStream.range(0, NAMES).mapToObj(i -> store.userByName("user" + i));
            Stream<User> byId = IntStream.range(0, ENTRIES).mapToObj(i -> store.userById(new UUID(7, i)));
            return new Content(
                    store.verify(),
                    Stream.concat(byName, byId).filter(Objects::nonNull).toList(),
                    IntStream.range(0, KEYS)
                            .mapToObj(i -> store.request(CommandLog.key(i)))
                            .filter(Objects::nonNull)
                            .toList(),
                    store.oldestRequests(0, Long.MAX_VALUE, 1000),
                    store.signingKeys());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void doesNotDependOnBatches(long seed) {
        List<Entry> entries = randomLog(new Random(seed)).after(0);
        try (UserStore one = open(temporary.resolve("one"));
                UserStore other = open(temporary.resolve("other"))) {
            List<Bytes> oneByOne = new ArrayList<>();
            UserStateMachine machine = new UserStateMachine(one, UserStateMachine.REQUEST_LIFETIME);
            entries.forEach(entry -> oneByOne.addAll(machine.apply(List.of(entry))));

            assertThat(applyInBatches(other, entries, new Random(seed))).isEqualTo(oneByOne);
            assertThat(Content.of(other)).isEqualTo(Content.of(one));
            KINDS.addAll(kinds(oneByOne));
            assertThat(oneByOne).hasSameSizeAs(entries);
            forgotten += keysForgotten(one);
            assertThat(Content.of(one).stamps()).hasSameSizeAs(Content.of(one).requests());
        }
    }

    private static Set<Object> kinds(List<Bytes> results) {
        return results.stream()
                .filter(result -> result.size() > 0)
                .map(ResultCodec::decode)
                .map(result -> result instanceof ChangeResult change ? change : result.getClass())
                .collect(Collectors.toSet());
    }

    private static long forgotten;

    /** How many keys were made and are not there. */
    private static long keysForgotten(UserStore store) {
        List<SigningKey> keys = store.signingKeys();
        return keys.isEmpty() ? 0 : keys.getLast().number() - keys.size();
    }

    /** The logs must be such that exercise every result. */
    @AfterAll
    static void sawEveryResult() {
        assertThat(forgotten).isGreaterThan(5);
        assertThat(KINDS)
                .hasSize(RegisterResult.class.getPermittedSubclasses().length + ChangeResult.values().length + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void comesBackByReplayAfterACrash(long seed) throws IOException {
        Random random = new Random(seed);
        List<Entry> entries = randomLog(random).after(0);
        int flushed = 1 + random.nextInt(ENTRIES - 1);
        try (UserStore store = open(temporary.resolve("store"))) {
            List<Bytes> before = applyInBatches(store, entries.subList(0, flushed), random);
            store.flush();
            List<Bytes> lost = applyInBatches(store, entries.subList(flushed, ENTRIES), random);
            assertThat(before).hasSize(flushed);

            try (UserStore survivor = open(copy(temporary.resolve("store"), temporary.resolve("survivor")))) {
                assertThat(survivor.appliedIndex()).isEqualTo(flushed);
                assertThat(applyInBatches(survivor, entries.subList(flushed, ENTRIES), random))
                        .isEqualTo(lost);
                assertThat(Content.of(survivor)).isEqualTo(Content.of(store));
            }
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
