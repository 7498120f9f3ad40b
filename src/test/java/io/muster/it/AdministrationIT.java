package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the first administrator may do with the users of three replicas that are closed to self-registration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationIT {

    private static final String PASSWORD = FrontDoor.PASSWORD;

    private InProcessCluster cluster;
    private FrontDoor first;
    private FrontDoor other;
    private String token;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(
                3,
                directory,
                Map.of(
                        "muster.admin.username", "Root",
                        "muster.admin.password", PASSWORD,
                        "muster.registration.enabled", "false"));
        cluster.start();
        first = cluster.frontDoors().getFirst();
        other = cluster.frontDoors().getLast();
        await().atMost(Duration.ofSeconds(30)).until(() -> first.login("root").status() == 200);
        token = login("root");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private String login(String username) {
        return other.login(username).json().path("access_token").asString();
    }

    private Answer as(String bearer, HttpRequest.Builder request) {
        return first.send(request.header("Authorization", "Bearer " + bearer));
    }

    private Answer get(String path) {
        return as(token, first.request(path));
    }

    private Answer patch(String id, String body) {
        return as(
                token,
                first.request("/users/" + id)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body)));
    }

    private Answer delete(String id) {
        return as(token, first.request("/users/" + id).DELETE());
    }

    private String register(String username) {
        Answer answer = as(token, first.json("/users/register", FrontDoor.credentials(username, PASSWORD)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static List<String> names(JsonNode page) {
        return StreamSupport.stream(page.path("users").spliterator(), false)
                .map(user -> user.path("username").asString())
                .toList();
    }

    @Test
    void makesOneAdministrator() {
        Answer page = get("/users?prefix=ROOT");

        assertThat(page.status()).isEqualTo(200);
        assertThat(names(page.json())).containsExactly("root");
        JsonNode root = page.json().at("/users/0");
        assertThat(root.path("roles").toString()).isEqualTo("[\"admin\"]");
        assertThat(root.path("disabled").asBoolean()).isFalse();
        assertThat(root.path("lockedUntil").isNull()).isTrue();
    }

    @Test
    void letsOnlyAdministratorsRegister() {
        register("hired");

        Answer stranger = first.register("stranger");
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.code()).isEqualTo("registration-closed");
        Answer user = as(login("hired"), first.json("/users/register", FrontDoor.credentials("friend", PASSWORD)));
        assertThat(user.code()).isEqualTo("registration-closed");
        Answer nobody = as("none", first.json("/users/register", FrontDoor.credentials("friend", PASSWORD)));
        assertThat(nobody.code()).isEqualTo("invalid-token");
    }

    @Test
    void isForAdministratorsOnly() {
        String id = register("curious");
        String curious = login("curious");

        for (HttpRequest.Builder request : List.of(
                first.request("/users"),
                first.request("/users/" + id),
                first.request("/users/" + id).DELETE(),
                first.request("/users/" + id)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString("{\"roles\":[\"admin\"]}")),
                first.request("/tokens/keys").POST(BodyPublishers.noBody()))) {
            assertThat(first.send(request.copy()).code()).isEqualTo("missing-token");
            Answer answer = as(curious, request.copy());
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
        }
        assertThat(get("/users/" + id).status()).isEqualTo(200);
    }

    @Test
    void listsUsersByPrefixPageByPage() {
        for (int i = 0; i < 5; i++) {
            register("page-" + i);
        }
        JsonNode page = get("/users?prefix=Page-&limit=2").json();
        assertThat(names(page)).containsExactly("page-0", "page-1");
        assertThat(page.path("next").asString()).isEqualTo("page-1");

        page = get("/users?prefix=page-&limit=2&after=page-1").json();
        assertThat(names(page)).containsExactly("page-2", "page-3");
        page = get("/users?prefix=page-&limit=2&after=page-3").json();
        assertThat(names(page)).containsExactly("page-4");
        assertThat(page.has("next")).isFalse();
        assertThat(names(get("/users?prefix=nobody").json())).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAListing() {
        assertThat(get("/users?limit=0").code()).isEqualTo("policy-violation");
        assertThat(get("/users?limit=1001").json().at("/errors/0/field").asString())
                .isEqualTo("limit");
        assertThat(get("/users?limit=many").code()).isEqualTo("malformed-request");
        assertThat(get("/users?prefix=%ff").code()).isEqualTo("malformed-request");
        assertThat(names(get("/users?prefix=a%20b").json())).isEmpty();
    }

    @Test
    void disablesAUserForEveryReplica() {
        String id = register("leaver");
        String session = login("leaver");
        Answer disabled = patch(id, "{\"disabled\":true}");

        assertThat(disabled.status()).isEqualTo(200);
        assertThat(disabled.json().path("disabled").asBoolean()).isTrue();
        for (FrontDoor replica : cluster.frontDoors()) {
            assertThat(replica.login("leaver").code()).isEqualTo("invalid-credentials");
            assertThat(replica.send(replica.request("/users/me").header("Authorization", "Bearer " + session))
                            .code())
                    .isEqualTo("invalid-token");
        }
        assertThat(patch(id, "{\"disabled\":false}").status()).isEqualTo(200);
        assertThat(other.login("leaver").status()).isEqualTo(200);
    }

    @Test
    void givesAndTakesRoles() {
        String id = register("deputy");
        Answer promoted = patch(id, "{\"roles\":[\"auditor\",\"admin\",\"auditor\"]}");
        assertThat(promoted.json().path("roles").toString()).isEqualTo("[\"admin\",\"auditor\"]");
        assertThat(as(login("deputy"), first.request("/users")).status()).isEqualTo(200);

        assertThat(patch(id, "{\"roles\":[]}").status()).isEqualTo(200);
        assertThat(as(login("deputy"), first.request("/users")).status()).isEqualTo(403);
        assertThat(patch(id, "{\"roles\":[\"No Role\"]}")
                        .json()
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("invalid-role");
        assertThat(patch(id, "{\"roles\":[null]}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{\"roles\":\"admin\"}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{\"disabled\":\"\"}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{\"disabled\":\"true\"}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{\"disabled\":1}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{\"locked\":true}").code()).isEqualTo("policy-violation");
        assertThat(patch(id, "{\"epoch\":1}").code()).isEqualTo("malformed-request");
        assertThat(patch(id, "{}").status()).isEqualTo(200);
    }

    @Test
    void keepsOneAdministrator() {
        String id = idOf("root");

        assertThat(patch(id, "{\"roles\":[]}").code()).isEqualTo("last-administrator");
        assertThat(patch(id, "{\"disabled\":true}").code()).isEqualTo("last-administrator");
        assertThat(delete(id).code()).isEqualTo("last-administrator");
        assertThat(get("/users").status()).isEqualTo(200);
    }

    private String idOf(String username) {
        return get("/users?prefix=" + username).json().at("/users/0/id").asString();
    }

    @Test
    void deletesAUser() {
        String id = register("gone");
        assertThat(delete(id).status()).isEqualTo(204);

        assertThat(delete(id).status()).isEqualTo(404);
        assertThat(get("/users/" + id).code()).isEqualTo("user-not-found");
        assertThat(patch(id, "{\"disabled\":true}").code()).isEqualTo("user-not-found");
        assertThat(other.login("gone").status()).isEqualTo(401);
        assertThat(register("gone")).isNotEqualTo(id);
    }

    @Test
    void givesACodeByWhichAUserSetsHisPassword() {
        String id = register("forgetful");
        Answer given = as(token, first.request("/users/" + id + "/reset-code").POST(BodyPublishers.noBody()));
        assertThat(given.status()).as(given.toString()).isEqualTo(201);
        assertThat(given.header("Cache-Control")).isEqualTo("no-store");
        String code = given.json().path("code").asString();

        assertThat(reset("forgetful", "wrong", "better horse").code()).isEqualTo("invalid-credentials");
        assertThat(reset("forgetful", code, "short").code()).isEqualTo("policy-violation");
        assertThat(reset("forgetful", code, "better horse").status()).isEqualTo(204);
        for (FrontDoor replica : cluster.frontDoors()) {
            assertThat(replica.login("forgetful", "better horse").status()).isEqualTo(200);
            assertThat(replica.login("forgetful").status()).isEqualTo(401);
        }
        assertThat(reset("forgetful", code, "worse horse").code()).isEqualTo("invalid-credentials");
    }

    private Answer reset(String username, String code, String password) {
        return other.send(other.json(
                "/users/reset",
                "{\"username\":\"" + username + "\",\"code\":\"" + code + "\",\"new\":\"" + password + "\"}"));
    }

    @Test
    void rotatesTheSigningKeyOnce() {
        assertThat(first.get("/.well-known/jwks.json").json().path("keys")).hasSize(1);
        assertThat(as(token, first.request("/tokens/keys").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(204);

        assertThat(other.get("/.well-known/jwks.json").json().path("keys")).hasSize(2);
        assertThat(get("/users").status()).as("the old key signs on").isEqualTo(200);
        Answer again = as(token, first.request("/tokens/keys").POST(BodyPublishers.noBody()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("rotation-under-way");
    }
}
