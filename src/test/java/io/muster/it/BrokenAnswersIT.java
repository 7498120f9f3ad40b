package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What callers see of a stream, such as an export, that fails. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenAnswersIT {

    private InProcessCluster cluster;

    @RestController
    static class Failing {

        @GetMapping("/fails-at-once")
        void failAtOnce(HttpServletResponse response) throws IOException {
            response.setContentType("application/x-ndjson");
            response.getOutputStream().write('x');
            throw new IllegalStateException("as asked");
        }

        @GetMapping("/fails-in-its-midst")
        void failInItsMidst(HttpServletResponse response) throws IOException {
            // In which an error could be written as well.
            response.setContentType("application/json");
            response.getOutputStream().write("a line\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            throw new IllegalStateException("as asked");
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(1, directory, Map.of(), List.of(Failing.class));
        cluster.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private FrontDoor door() {
        return cluster.frontDoors().getFirst();
    }

    @Test
    void breaksOffWhatHasBegun() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = client.send(
                                door().request("/fails-in-its-midst").build(), BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(body.read()).isEqualTo('a');
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsOfItWhereNothingWasSent() {
        Answer answer = door().get("/fails-at-once");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal-error");
    }
}
