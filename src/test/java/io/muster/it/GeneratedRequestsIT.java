package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever is asked, the answer is one that the OpenAPI document tells of, and never an internal error. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedRequestsIT {

    private static final int REQUESTS_OF_EACH_CALL = 150;
    private static final String ADMINISTRATOR = "generated-root";

    /** One of the whole stands beside their operations. */
    private static final Set<String> WITH_EXAMPLES_OF_THEIR_OWN =
            Set.of("Problem", "Violation", "ExportedUser", "ImportSummary", "LineError");

    private InProcessCluster cluster;
    private FrontDoor door;
    private ApiDocument document;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(
                1,
                directory,
                Map.of(
                        "muster.admin.username",
                        ADMINISTRATOR,
                        "muster.admin.password",
                        FrontDoor.PASSWORD,
                        "muster.tokens.refresh-lifetime",
                        "1h"));
        cluster.start();
        door = cluster.frontDoors().getFirst();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> door.login(ADMINISTRATOR).status() == 200);
        document = new ApiDocument(door);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void answersAsTheDocumentSays() {
        long seed = Long.getLong("muster.test.seed", System.nanoTime());
        Random random = new Random(seed);
        List<UUID> users = List.of(registered("generated-one"), registered("generated-two"));
        GeneratedRequests requests = new GeneratedRequests(random, document, users);
        for (int i = 0; i < REQUESTS_OF_EACH_CALL; i++) {
            List<String> tokens = List.of(token(ADMINISTRATOR), token(ADMINISTRATOR), token("user-of-round-" + i), "x");
            for (ApiDocument.Operation operation : document.operations()) {
                HttpRequest.Builder request = requests.next(door, operation, tokens);
                Answer answer = door.send(request);
                assertThatCode(() -> document.check(operation, answer))
                        .as("seed %d, %s", seed, request.build())
                        .doesNotThrowAnyException();
            }
        }
    }

    /** The token of a user who is there for it. */
    private String token(String username) {
        if (!username.equals(ADMINISTRATOR)) {
            assertThat(door.register(username).status()).isEqualTo(201);
        }
        return door.login(username).json().path("access_token").asString();
    }

    private UUID registered(String username) {
        return UUID.fromString(door.register(username).json().path("id").asString());
    }

    @Test
    void describesEveryCall() {
        assertThat(document.operations().stream().map(Object::toString))
                .containsExactlyInAnyOrder(
                        "POST /users/register",
                        "POST /users/login",
                        "POST /users/reset",
                        "GET /users/me",
                        "DELETE /users/me",
                        "POST /users/me/password",
                        "POST /users/me/logout",
                        "GET /users",
                        "GET /users/{id}",
                        "PATCH /users/{id}",
                        "DELETE /users/{id}",
                        "POST /users/{id}/reset-code",
                        "POST /users/import",
                        "GET /users/export",
                        "POST /tokens/keys",
                        "POST /tokens/refresh",
                        "POST /tokens/revoke",
                        "GET /.well-known/jwks.json");
    }

    @Test
    void givesAnExampleOfEveryValue() {
        List<String> without = new ArrayList<>();
        for (var schema : document.root().path("components").path("schemas").properties()) {
            if (!WITH_EXAMPLES_OF_THEIR_OWN.contains(schema.getKey())) {
                schema.getValue().path("properties").properties().stream()
                        .filter(property -> !hasExample(property.getValue()))
                        .forEach(property -> without.add(schema.getKey() + "." + property.getKey()));
            }
        }
        for (ApiDocument.Operation operation : document.operations()) {
            for (JsonNode parameter : operation.description().path("parameters")) {
                JsonNode resolved = document.resolved(parameter);
                if (!resolved.has("example") && !hasExample(resolved.path("schema"))) {
                    without.add(operation + " " + resolved.path("name").asString());
                }
            }
        }
        assertThat(without).isEmpty();
    }

    private boolean hasExample(JsonNode schema) {
        return schema.has("example")
                || schema.has("examples")
                || schema.has("$ref")
                || schema.has("enum")
                || schema.path("items").has("$ref");
    }

    @Test
    void saysThatEveryCallMayFail() {
        for (ApiDocument.Operation operation : document.operations()) {
            assertThat(operation.description().path("responses").propertyNames())
                    .as(operation.toString())
                    .contains("500", "503");
        }
    }

    @Test
    void isShownAsAPage() {
        assertThat(door.get("/swagger-ui.html").header("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(door.get("/swagger-ui/index.html").body()).contains("swagger-ui-bundle.js");
        assertThat(door.get("/v3/api-docs/swagger-config").body()).doesNotContain("swagger.io");
    }
}
