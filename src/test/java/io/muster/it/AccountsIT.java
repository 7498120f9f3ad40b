package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens and accounts, asked of three replicas in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsIT {

    private static final String PASSWORD = FrontDoor.PASSWORD;

    private InProcessCluster cluster;
    private List<FrontDoor> replicas;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(3, directory);
        cluster.start();
        replicas = cluster.frontDoors();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static HttpRequest.Builder as(String token, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token);
    }

    private static String token(FrontDoor replica, String username, String password) {
        Answer login = replica.login(username, password);
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return login.json().path("access_token").asString();
    }

    private String registered(String username) {
        assertThat(replicas.getFirst().register(username).status()).isEqualTo(201);
        return token(replicas.get(1), username, PASSWORD);
    }

    private static Answer me(FrontDoor replica, String token) {
        return replica.send(as(token, replica.request("/users/me")));
    }

    private static Answer changePassword(FrontDoor replica, String token, String current, String replacement) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("current", current, "new", replacement));
        return replica.send(as(token, replica.json("/users/me/password", body)));
    }

    private static Answer logout(FrontDoor replica, String token) {
        return replica.send(as(token, replica.request("/users/me/logout")).POST(BodyPublishers.noBody()));
    }

    private static Answer delete(FrontDoor replica, String token, String password) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("password", password));
        return replica.send(as(token, replica.request("/users/me"))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body)));
    }

    private void isDeadEverywhere(String token) {
        for (FrontDoor replica : replicas) {
            Answer answer = me(replica, token);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("invalid-token");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void answersALoginWithATokenForEveryReplica() {
        replicas.getFirst().register("alice");
        Answer login = replicas.get(1).login("alice");
        JsonNode body = login.json();

        assertThat(body.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asLong()).isEqualTo(900);
        assertThat(body.path("user").path("username").asString()).isEqualTo("alice");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        for (FrontDoor replica : replicas) {
            Answer me = me(replica, body.path("access_token").asString());
            assertThat(me.status()).isEqualTo(200);
            assertThat(me.json()).isEqualTo(JsonMapper.shared().readTree("""
                    {"id":"%s","username":"alice","createdAt":"%s","roles":[]}
                    """.formatted(
                            body.path("user").path("id").asString(),
                            me.json().path("createdAt").asString())));
            assertThat(me.header("Cache-Control")).isEqualTo("no-store");
            assertThat(me.header("Raft-Index")).isNotNull();
        }
    }

    @Test
    void killsATokenOnEveryReplicaWithTheAnswerToALogout() {
        String token = registered("bob");
        String other = token(replicas.getLast(), "bob", PASSWORD);
        Answer logout = logout(replicas.getLast(), token);

        assertThat(logout.status()).isEqualTo(204);
        assertThat(logout.header("Raft-Index")).isNotNull();
        isDeadEverywhere(token);
        isDeadEverywhere(other);
        assertThat(me(replicas.getFirst(), token(replicas.getFirst(), "bob", PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void changesAPasswordForEveryReplica() {
        String token = registered("carol");
        assertThat(changePassword(replicas.getFirst(), token, "wrong horse", "better horse")
                        .code())
                .isEqualTo("invalid-credentials");
        Answer weak = changePassword(replicas.getFirst(), token, PASSWORD, "password1");
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.json().at("/errors/0/field").asString()).isEqualTo("new");

        assertThat(changePassword(replicas.getFirst(), token, PASSWORD, "better horse")
                        .status())
                .isEqualTo(204);
        isDeadEverywhere(token);
        for (FrontDoor replica : replicas) {
            assertThat(replica.login("carol", PASSWORD).code()).isEqualTo("invalid-credentials");
            assertThat(replica.login("carol", "better horse").status()).isEqualTo(200);
        }
    }

    @Test
    void deletesAUserForEveryReplica() {
        String token = registered("dave");
        assertThat(delete(replicas.getFirst(), token, "wrong horse").status()).isEqualTo(401);
        assertThat(delete(replicas.getFirst(), token, PASSWORD).status()).isEqualTo(204);

        isDeadEverywhere(token);
        for (FrontDoor replica : replicas) {
            assertThat(replica.login("dave").code()).isEqualTo("invalid-credentials");
        }
        assertThat(replicas.getLast().register("dave").status()).isEqualTo(201);
    }

    /** Before anything of the request is looked at: its body tells nothing to a stranger. */
    @Test
    void asksForATokenFirst() {
        FrontDoor replica = replicas.getFirst();
        for (HttpRequest.Builder request : List.of(
                replica.request("/users/me"),
                replica.json("/users/me/password", "nonsense"),
                replica.request("/users/me/logout").POST(BodyPublishers.noBody()),
                replica.request("/users/me")
                        .header("Content-Type", "application/json")
                        .method("DELETE", BodyPublishers.noBody()))) {
            Answer answer = replica.send(request.copy());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("missing-token");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(replica.send(request.copy().header("Authorization", "Basic YTpi"))
                            .code())
                    .isEqualTo("missing-token");
            assertThat(replica.send(as("none", request.copy())).code()).isEqualTo("invalid-token");
        }
        assertThat(replica.get("/users/nowhere").status())
                .as("no token is needed to hear that")
                .isEqualTo(404);
    }

    @Test
    void waitsForThePlaceInTheLogThatAReadAsksFor() {
        String token = registered("erin");
        FrontDoor replica = replicas.getLast();
        HttpRequest.Builder read = as(token, replica.request("/users/me"));

        assertThat(replica.send(read.copy().header("Raft-Min-Index", "1")).status())
                .isEqualTo(200);
        Answer future = replica.send(read.copy().header("Raft-Min-Index", "1000000000"));
        assertThat(future.status()).isEqualTo(503);
        assertThat(replica.send(read.copy().header("Raft-Min-Index", "-1")).code())
                .isEqualTo("malformed-request");
        assertThat(replica.send(read.copy().header("Raft-Min-Index", "soon")).code())
                .isEqualTo("malformed-request");
    }

    @Test
    void publishesTheSameKeysOnEveryReplica() {
        registered("frank");
        Answer first = replicas.getFirst().get("/.well-known/jwks.json");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Cache-Control")).isEqualTo("max-age=300, public");
        assertThat(first.header("Content-Type")).startsWith("application/json");
        assertThat(first.json().path("keys")).hasSize(1);
        assertThat(first.json().at("/keys/0").propertyNames())
                .containsExactlyInAnyOrder("kty", "crv", "kid", "x", "y", "use", "alg");
        for (FrontDoor replica : replicas) {
            assertThat(replica.get("/.well-known/jwks.json").json()).isEqualTo(first.json());
        }
    }
}
