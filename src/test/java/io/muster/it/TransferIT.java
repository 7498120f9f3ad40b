package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users out of files and into files, on three replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferIT {

    /** Of "correct horse", by libxcrypt. */
    private static final String BCRYPT = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

    private static final String ARGON2ID = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0";

    private InProcessCluster cluster;
    private FrontDoor replica;
    private String administrator;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(3, directory, Root.SETTINGS);
        cluster.start();
        replica = cluster.frontDoors().get(1);
        administrator = Root.awaitToken(replica);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private Answer send(String token, HttpRequest.Builder request) {
        return replica.send(request.header("Authorization", "Bearer " + token));
    }

    private HttpRequest.Builder importOf(String path, String body) {
        return replica.request(path)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body));
    }

    private Answer importUsers(String body) {
        return send(administrator, importOf("/users/import", body));
    }

    private static String line(String username, String hash) {
        return "{\"username\":\"" + username + "\",\"hash\":\"" + hash + "\"}\n";
    }

    private List<JsonNode> exported() {
        Answer export = send(administrator, replica.request("/users/export"));
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(export.header("Cache-Control")).isEqualTo("no-store");
        return export.body().lines().map(JsonMapper.shared()::readTree).toList();
    }

    private JsonNode exported(String username) {
        return exported().stream()
                .filter(user -> user.path("username").asString().equals(username))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void importsUsersOfElsewhereWithTheirPasswords() {
        UUID id = UUID.randomUUID();
        Answer answer = importUsers(line("Paula", BCRYPT)
                + "\r\n{\"username\":\"quentin\",\"hash\":\"" + ARGON2ID + "\",\"id\":\"" + id
                + "\",\"createdAt\":\"2020-02-03T04:05:06.789Z\",\"roles\":[\"b\",\"a\"],\"disabled\":true}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"created\":2,\"conflicts\":0,\"invalid\":0,\"errors\":[]}");
        for (FrontDoor any : cluster.frontDoors()) {
            assertThat(any.login("paula").status()).isEqualTo(200);
        }
        assertThat(exported("quentin")).isEqualTo(JsonMapper.shared().readTree("""
                {"id":"%s","username":"quentin","hash":"%s","createdAt":"2020-02-03T04:05:06.789Z",
                 "roles":["a","b"],"disabled":true}""".formatted(id, ARGON2ID)));
    }

    @Test
    void reportsBadLinesByNumberAndSkipsThem() {
        Answer answer = importUsers(line("rita", BCRYPT)
                + "no JSON\n"
                + line("s", BCRYPT)
                + line("steve", "$1$oldmd5$hash")
                + "{\"username\":\"tom\"}\n"
                + "{\"username\":\"tom\",\"hash\":\"" + BCRYPT + "\",\"epoch\":1}\n"
                + line("tom", "x".repeat(9_000))
                + line("RITA", BCRYPT)
                + "null\n"
                + line("ursula", BCRYPT));

        JsonNode summary = answer.json();
        assertThat(summary.path("created").asInt()).isEqualTo(2);
        assertThat(summary.path("conflicts").asInt()).isEqualTo(1);
        assertThat(summary.path("invalid").asInt()).isEqualTo(7);
        assertThat(summary.path("errors").values().stream()
                        .map(error -> error.path("line").asInt() + " "
                                + error.path("code").asString())
                        .toList())
                .containsExactlyInAnyOrder(
                        "2 malformed-line",
                        "3 too-short",
                        "4 unsupported-hash",
                        "5 malformed-line",
                        "6 malformed-line",
                        "7 line-too-long",
                        "8 username-taken",
                        "9 malformed-line");
        assertThat(answer.body()).doesNotContain("oldmd5").doesNotContain(BCRYPT);
    }

    @Test
    void stopsAtTheFirstBadLineWhereAsked() {
        String lines = line("victor", BCRYPT) + "no JSON\n" + line("walter", BCRYPT);
        JsonNode summary = send(administrator, importOf("/users/import?onError=stop", lines))
                .json();

        assertThat(summary.path("created").asInt()).isEqualTo(1);
        assertThat(summary.path("invalid").asInt()).isEqualTo(1);
        assertThat(replica.login("victor").status()).isEqualTo(200);
        assertThat(replica.login("walter").status()).isEqualTo(401);
        assertThat(send(administrator, importOf("/users/import?onError=perhaps", lines))
                        .code())
                .isEqualTo("malformed-request");
    }

    /** Far over the 8 KiB of other bodies, over many commands, and again: nobody is there twice. */
    @Test
    void importsThousandsAndTheSameAgainAsConflicts() {
        String lines = IntStream.range(0, 3_000)
                .mapToObj(i -> line("bulk-" + i, ARGON2ID))
                .collect(Collectors.joining());
        assertThat(importUsers(lines).json().path("created").asInt()).isEqualTo(3_000);
        JsonNode again = importUsers(lines).json();

        assertThat(again.path("created").asInt()).isZero();
        assertThat(again.path("conflicts").asInt()).isEqualTo(3_000);
        assertThat(again.path("errors")).hasSize(1_000);
        assertThat(exported().stream()
                        .filter(user -> user.path("username").asString().startsWith("bulk-")))
                .hasSize(3_000);
    }

    @Test
    void goesOnWithAnExportThatBrokeOff() {
        importUsers(line("alba", BCRYPT));
        importUsers(line("aldo", BCRYPT));
        List<String> all = exported().stream()
                .map(user -> user.path("username").asString())
                .toList();
        assertThat(all).hasSizeGreaterThan(1).isSorted();

        Answer rest = send(administrator, replica.request("/users/export?after=" + all.getFirst()));

        assertThat(rest.body()
                        .lines()
                        .map(JsonMapper.shared()::readTree)
                        .map(user -> user.path("username").asString()))
                .containsExactlyElementsOf(all.subList(1, all.size()));
    }

    /** What one cluster exports, another takes as it was. */
    @Test
    void importsItsOwnExport() {
        importUsers(line("xaver", BCRYPT));
        JsonNode before = exported("xaver");
        String id = before.path("id").asString();
        assertThat(send(administrator, replica.request("/users/" + id).DELETE()).status())
                .isEqualTo(204);
        assertThat(importUsers(before.toString()).json().path("created").asInt())
                .isEqualTo(1);

        assertThat(exported("xaver")).isEqualTo(before);
        JsonNode renamed = JsonMapper.shared()
                .readTree(before.toString().replace("\"username\":\"xaver\"", "\"username\":\"yvonne\""));
        assertThat(importUsers(renamed.toString()).json().path("conflicts").asInt())
                .as("another user has that id")
                .isEqualTo(1);
    }

    @Test
    void isForAdministratorsAndForLinesOfJson() {
        replica.register("zoe");
        String zoe = replica.login("zoe").json().path("access_token").asString();

        assertThat(send(zoe, importOf("/users/import", line("zack", BCRYPT))).code())
                .isEqualTo("forbidden");
        assertThat(send(zoe, replica.request("/users/export")).code()).isEqualTo("forbidden");
        assertThat(replica.send(importOf("/users/import", "")).code()).isEqualTo("missing-token");
        assertThat(send(administrator, replica.json("/users/import", "{}")).code())
                .isEqualTo("unsupported-media-type");
        assertThat(importUsers("").body()).isEqualTo("{\"created\":0,\"conflicts\":0,\"invalid\":0,\"errors\":[]}");
    }
}
