import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Hashes with Argon2id on every processor, and prints how often a second. Arguments: memory in KiB, iterations, seconds. */
final class Hashing {

    private static final long WARM_UP_NANOS = 5_000_000_000L;

    private final Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Factory.Argon2Types.ARGON2id);
    private final int memoryKib;
    private final int iterations;

    private Hashing(int memoryKib, int iterations) {
        this.memoryKib = memoryKib;
        this.iterations = iterations;
    }

    public static void main(String[] args) throws InterruptedException {
        Hashing hashing = new Hashing(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        hashing.run(WARM_UP_NANOS);
        System.out.println(hashing.run(Long.parseLong(args[2]) * 1_000_000_000));
    }

    private double run(long nanos) throws InterruptedException {
        LongAdder count = new LongAdder();
        long startNanos = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() - startNanos < nanos) {
                    hash();
                    count.increment();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return count.sum() * 1e9 / (System.nanoTime() - startNanos);
    }

    private void hash() {
        argon2.rawHash(iterations, memoryKib, 1, "correct horse".getBytes(StandardCharsets.UTF_8), new byte[16]);
    }
}
