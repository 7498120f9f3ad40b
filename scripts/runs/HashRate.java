import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** How many passwords a second this machine hashes when it does nothing else. */
final class HashRate {

    /** What hashes in a server. */
    private static final String LIBRARIES = "BOOT-INF/lib/(argon2-jvm|jna)-.*";

    private HashRate() {}

    /** Hashes in a process of its own, with the library and the JVM options of a server, one thread for each processor. */
    static double alone(int memoryKib, int iterations, int seconds) throws IOException, InterruptedException {
        Path libraries = Files.createTempDirectory("hash-rate");
        try {
            extract(libraries);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx512m",
                            "@" + Run.home().resolve("src/main/jvm/server.options"),
                            "-cp",
                            libraries + "/*",
                            Run.home().resolve("scripts/runs/hashing/Hashing.java").toString(),
                            String.valueOf(memoryKib),
                            String.valueOf(iterations),
                            String.valueOf(seconds))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IOException("the hashing process failed");
            }
            return Double.parseDouble(answer.strip());
        } finally {
            Replicas.delete(libraries);
        }
    }

    private static void extract(Path to) throws IOException {
        try (JarFile jar = new JarFile(Run.home().resolve("target/muster.jar").toFile())) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> entry.getName().matches(LIBRARIES))
                    .toList();
            if (entries.isEmpty()) {
                throw new IOException("no " + LIBRARIES + " in target/muster.jar");
            }
            for (JarEntry entry : entries) {
                Path file = to.resolve(Path.of(entry.getName()).getFileName());
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }
}
