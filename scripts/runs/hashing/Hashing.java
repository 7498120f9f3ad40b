import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashes with Argon2id on every processor, and prints how often a second. The argument: for how many seconds. */
final class Hashing {

    private static final long WARM_UP_NANOS = 5_000_000_000L;
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    private Hashing() {}

    public static void main(String[] args) throws InterruptedException {
        run(WARM_UP_NANOS);
        long nanos = Long.parseLong(args[0]) * 1_000_000_000;
        System.out.println(run(nanos));
    }

    private static double run(long nanos) throws InterruptedException {
        LongAdder count = new LongAdder();
        long startNanos = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            FixedBlockPool memory = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(MEMORY_KIB, 1));
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() - startNanos < nanos) {
                    hash(memory);
                    count.increment();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return count.sum() * 1e9 / (System.nanoTime() - startNanos);
    }

    private static void hash(FixedBlockPool memory) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(ITERATIONS)
                .withParallelism(1)
                .withSalt(new byte[16])
                .withBlockPool(memory)
                .build());
        argon2.generateBytes("correct horse".getBytes(StandardCharsets.UTF_8), new byte[32]);
    }
}
