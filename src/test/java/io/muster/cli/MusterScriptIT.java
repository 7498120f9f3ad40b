package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code muster}, in a repository whose Java and Maven only say how they were called. */
@Timeout(30)
class MusterScriptIT {

    private static final String SAY_HOW = """
            #!/bin/sh
            echo "pid=$$"; echo "pwd=$PWD"; echo "locale=$LC_ALL"; for a; do echo "arg=$a"; done
            """;

    @TempDir
    private Path directory;

    private Path repository;
    private Path caller;

    private record Result(long pid, int code, List<String> out, String err) {}

    @BeforeEach
    void makeRepository() throws IOException {
        directory = directory.toRealPath();
        repository = Files.createDirectories(directory.resolve("my repository"));
        caller = Files.createDirectories(directory.resolve("caller"));
        Files.copy(Path.of("muster"), repository.resolve("muster"));
        Files.createDirectories(repository.resolve("scripts"));
        Files.copy(Path.of("scripts/java-home"), repository.resolve("scripts/java-home"));
        Files.createDirectories(repository.resolve("src/main"));
        Files.createDirectories(repository.resolve("target"));
        Files.createFile(repository.resolve("pom.xml"));
        Files.createFile(repository.resolve("target/muster.jar"));
        Files.createFile(repository.resolve("target/muster.jar.original"));
        program(repository.resolve("mvnw"), "#!/bin/sh\necho \"maven $* with $JAVA_HOME\" >&2\n");
        java("java-25", "25.0.1");
    }

    @Test
    void replacesItselfByTheJvmInTheRepository() throws Exception {
        Result result = muster("node", "--id", "1");

        assertThat(result.out)
                .contains("pid=" + result.pid, "pwd=" + repository, "arg=@src/main/jvm/server.options", "arg=-Xtest")
                .endsWith(
                        "arg=-jar", "arg=" + repository.resolve("target/muster.jar"), "arg=node", "arg=--id", "arg=1");
        assertThat(result.err).isEmpty();
    }

    @Test
    void startsAClusterForTryingOutQuickly() throws Exception {
        assertThat(muster("cluster").out)
                .contains("arg=@src/main/jvm/server.options", "arg=-XX:TieredStopAtLevel=1", "arg=-Xtest");
        assertThat(muster("node", "--id", "1").out).doesNotContain("arg=-XX:TieredStopAtLevel=1");
    }

    @Test
    void givesClientsOtherOptionsThanServers() throws Exception {
        assertThat(muster("login", "-u", "a").out)
                .contains("arg=-XX:TieredStopAtLevel=1")
                .doesNotContain("arg=-Xtest");
    }

    @Test
    void keepsArgumentsWhole() throws Exception {
        assertThat(muster("register", "-p", "pass word *", "", "é").out).endsWith("arg=pass word *", "arg=", "arg=é");
    }

    @Test
    void takesARelativeDataDirectoryFromTheCaller() throws Exception {
        assertThat(muster("cluster", "--data", "here").out).endsWith("arg=--data", "arg=" + caller.resolve("here"));
        assertThat(muster("cluster", "--data=here").out).endsWith("arg=--data=" + caller.resolve("here"));
        assertThat(muster("cluster", "--data", "/there").out).endsWith("arg=--data", "arg=/there");
        assertThat(muster("cluster", "--data").out).endsWith("arg=--data");
    }

    @Test
    void asksForHelpWhenCalledAlone() throws Exception {
        assertThat(muster().out).endsWith("arg=--help");
    }

    @Test
    void readsArgumentsAsUtf8() throws Exception {
        assertThat(muster("status").out).contains("locale=C.UTF-8");
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        java("java-17", "17.0.9");

        Result result =
                muster(Map.of("JAVA_HOME", home("java-17"), "PATH", home("java-25") + "/bin:/usr/bin:/bin"), "status");

        assertThat(result.out).contains("pid=" + result.pid);
    }

    @Test
    void buildsWhenTheJarIsMissingOrOlderThanTheSources() throws Exception {
        assertThat(muster("status").err).isEmpty();
        Files.createFile(repository.resolve("src/main/New.java"));
        Files.setLastModifiedTime(
                repository.resolve("src/main/New.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        Result stale = muster("status");
        assertThat(stale.err).contains("building").contains("maven -q").contains("with " + home("java-25"));
        assertThat(stale.code).isZero();

        Files.delete(repository.resolve("src/main/New.java"));
        Files.delete(repository.resolve("target/muster.jar"));
        assertThat(muster("status").err).contains("maven -q");
    }

    @Test
    void saysSoWhenTheBuildFails() throws Exception {
        Files.delete(repository.resolve("target/muster.jar"));
        Files.delete(repository.resolve("mvnw"));
        program(repository.resolve("mvnw"), "#!/bin/sh\necho broken >&2\nexit 1\n");

        Result result = muster("status");

        assertThat(result.code).isEqualTo(78);
        assertThat(result.out).isEmpty();
        assertThat(result.err).contains("broken").contains("the build failed");
    }

    private Result muster(String... arguments) throws Exception {
        return muster(Map.of("JAVA_HOME", home("java-25"), "PATH", "/usr/bin:/bin"), arguments);
    }

    private Result muster(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(repository + "/muster"), Stream.of(arguments))
                .toList();
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(caller.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("MUSTER_JAVA_OPTS", "-Xtest", "HOME", directory.toString()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.pid(), process.waitFor(), out.lines().toList(), Files.readString(err));
    }

    private String home(String name) {
        return directory.resolve(name).toString();
    }

    private void java(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), SAY_HOW);
        program(home.resolve("bin/javac"), SAY_HOW);
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
