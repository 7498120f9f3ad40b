import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** How many passwords a second this machine hashes when it does nothing else. */
final class HashRate {

    private static final String LIBRARY = "BOOT-INF/lib/bcprov-";

    private HashRate() {}

    /** Hashes in a process of its own, with the library and the JVM options of a server, one thread for each processor. */
    static double alone(int memoryKib, int iterations, int seconds) throws IOException, InterruptedException {
        Path library = Files.createTempFile("bcprov", ".jar");
        try {
            extract(library);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx512m",
                            "@" + Run.home().resolve("src/main/jvm/server.options"),
                            "-cp",
                            library.toString(),
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
            Files.delete(library);
        }
    }

    private static void extract(Path to) throws IOException {
        try (JarFile jar = new JarFile(Run.home().resolve("target/muster.jar").toFile())) {
            JarEntry entry = jar.stream()
                    .filter(candidate -> candidate.getName().startsWith(LIBRARY))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + LIBRARY + " in target/muster.jar"));
            try (InputStream content = jar.getInputStream(entry)) {
                Files.copy(content, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
