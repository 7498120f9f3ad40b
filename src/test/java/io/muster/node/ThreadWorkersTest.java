package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadWorkersTest {

    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final ThreadWorkers workers = new ThreadWorkers("test", fatal::add);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void finishesWhatWasGivenBeforeItCloses() {
        workers.loop().execute(() -> workers.persister().execute(() -> done.add("written")));
        workers.applier().execute(() -> done.add("applied"));
        workers.close();

        assertThat(done).containsExactlyInAnyOrder("written", "applied");
        assertThat(fatal).isEmpty();
    }

    @Test
    void aDiskThatHangsIsTheEnd() {
        CountDownLatch never = new CountDownLatch(1);
        workers.persister().execute(() -> awaitQuietly(never));
        workers.close();
        never.countDown();

        assertThat(fatal).isNotEmpty().allSatisfy(end -> assertThat(end).isInstanceOf(WorkerHungException.class));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
