package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateScanTest {

    private static final int USERS = 100;
    private static final int ENOUGH = 7;

    @TempDir
    Path directory;

    @Test
    void endsBetweenTwoRecordsWhenItIsToEnd() {
        try (UserStore store = TestStores.open(directory)) {
            List<Change> users = IntStream.range(0, USERS)
                    .<Change>mapToObj(i -> new Change.PutUser(
                            new User(new UUID(1, i), "user" + i, new PasswordHash("$argon2id$s3cr3t"), 1)))
                    .toList();
            store.write(new Batch(users, UserStoreContract.at(1)));
        }
        AtomicInteger records = new AtomicInteger();
        Runnable endsIt = () -> {
            if (records.incrementAndGet() == ENOUGH) {
                throw new CancellationException();
            }
        };

        try (RocksDatabase database = RocksDatabase.openReadOnly(directory)) {
            assertThatThrownBy(() -> StateScan.verify(database, endsIt)).isInstanceOf(CancellationException.class);
        }
        assertThat(records).hasValue(ENOUGH);
    }
}
