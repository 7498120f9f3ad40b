package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Refresh tokens, each used on another of three replicas than the one that gave it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshTokensIT {

    private InProcessCluster cluster;
    private List<FrontDoor> doors;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(3, directory, Map.of("muster.tokens.refresh-lifetime", "30d"));
        cluster.start();
        doors = cluster.frontDoors();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private JsonNode login(String username) {
        doors.getFirst().register(username);
        return doors.get(1).login(username).json();
    }

    private static String refreshToken(JsonNode session) {
        return session.path("refresh_token").asString();
    }

    private Answer refresh(int replica, String token) {
        FrontDoor door = doors.get(replica);
        return door.send(door.json("/tokens/refresh", "{\"refresh_token\":\"" + token + "\"}"));
    }

    private Answer revoke(int replica, String token) {
        FrontDoor door = doors.get(replica);
        return door.send(door.json("/tokens/revoke", "{\"refresh_token\":\"" + token + "\"}"));
    }

    private Answer me(int replica, JsonNode session) {
        FrontDoor door = doors.get(replica);
        return door.send(door.request("/users/me")
                .header(
                        "Authorization",
                        "Bearer " + session.path("access_token").asString()));
    }

    @Test
    void goOnFromReplicaToReplica() {
        JsonNode session = login("refreshing");
        assertThat(session.path("refresh_expires_in").asLong()).isEqualTo(30L * 24 * 60 * 60);
        for (int i = 0; i < 6; i++) {
            Answer answer = refresh(i % 3, refreshToken(session));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            session = answer.json();
            assertThat(session.path("user").path("username").asString()).isEqualTo("refreshing");
            assertThat(me((i + 1) % 3, session).status()).isEqualTo(200);
        }
    }

    @Test
    void endWhereOneIsShownAgain() {
        JsonNode first = login("robbed");
        JsonNode second = refresh(0, refreshToken(first)).json();
        JsonNode third = refresh(1, refreshToken(second)).json();

        Answer again = refresh(2, refreshToken(first));

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("invalid-token");
        for (int replica = 0; replica < 3; replica++) {
            assertThat(refresh(replica, refreshToken(third)).status()).isEqualTo(401);
        }
    }

    @Test
    void endOneAtATime() {
        JsonNode here = login("travelling");
        JsonNode there = doors.get(2).login("travelling").json();

        assertThat(revoke(0, refreshToken(here)).status()).isEqualTo(204);

        assertThat(refresh(1, refreshToken(here)).status()).isEqualTo(401);
        assertThat(refresh(2, refreshToken(there)).status()).isEqualTo(200);
        assertThat(revoke(1, refreshToken(here)).status()).isEqualTo(204);
        assertThat(revoke(1, "no token").status()).isEqualTo(204);
    }

    @Test
    void endWithALogout() {
        JsonNode session = login("leaving");
        FrontDoor door = doors.getFirst();
        Answer logout = door.send(door.request("/users/me/logout")
                .header(
                        "Authorization",
                        "Bearer " + session.path("access_token").asString())
                .POST(BodyPublishers.noBody()));

        assertThat(logout.status()).isEqualTo(204);
        assertThat(refresh(2, refreshToken(session)).status()).isEqualTo(401);
    }
}
