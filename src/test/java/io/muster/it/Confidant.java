package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.leak.Secret;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that makes up secrets, sends them, and keeps them. Keeps what is answered, too, but for the one secret that an answer is
 * there to tell. Not thread-safe.
 */
final class Confidant {

    private static final int RANDOM_BITS = 100;
    private static final int DIGEST_OF_BCRYPT = 31;

    private final SecureRandom random = new SecureRandom();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<Secret> hashes = new ArrayList<>();
    private final List<Secret> names = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    List<Secret> secrets() {
        return List.copyOf(secrets);
    }

    /** What is in the data of replicas, but in no log. */
    List<Secret> hashes() {
        return List.copyOf(hashes);
    }

    /** What is no secret, and to be found. */
    List<Secret> names() {
        return List.copyOf(names);
    }

    /** Headers and body of each. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    /** A new secret, of letters and digits. */
    String secret(String name) {
        return keep(name, "canary" + new BigInteger(RANDOM_BITS, random).toString(Character.MAX_RADIX));
    }

    /** A new password around a secret, with characters that JSON, forms and URLs write each in its own way. */
    String password(String name) {
        return "é &\"" + secret(name) + "%+ł";
    }

    /** An import may have that. */
    String importLine(String username, String hash) {
        names.add(new Secret("a name", username));
        hashes.add(new Secret("a hash", hash.substring(hash.length() - DIGEST_OF_BCRYPT)));
        return json(Map.of("username", username, "hash", hash));
    }

    private String keep(String name, String text) {
        secrets.add(new Secret(name, text));
        return text;
    }

    Answer send(FrontDoor replica, HttpRequest.Builder request) {
        Answer answer = replica.send(request);
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        answers.add(text(answer, ""));
        return answer;
    }

    Answer send(FrontDoor replica, HttpRequest.Builder request, int status) {
        Answer answer = send(replica, request);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }

    private String told(FrontDoor replica, HttpRequest.Builder request, String field) {
        Answer answer = replica.send(request);
        String secret = answer.json().path(field).asString("");
        assertThat(secret).as(answer.toString()).isNotEmpty();
        answers.add(text(answer, secret));
        return secret;
    }

    private static String text(Answer answer, String secret) {
        return answer.response().headers().map() + " " + answer.body().replace("\"" + secret + "\"", "");
    }

    HttpRequest.Builder as(String token, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token);
    }

    static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    void register(FrontDoor replica, String username, String password, int status) {
        String body = FrontDoor.credentials(username, password);
        send(replica, replica.json("/users/register", body).header("Idempotency-Key", username), status);
    }

    /** The token. */
    String login(FrontDoor replica, String username, String password) {
        String token =
                told(replica, replica.json("/users/login", FrontDoor.credentials(username, password)), "access_token");
        var _ = keep("signature of a token", token.substring(token.lastIndexOf('.') + 1));
        return token;
    }

    void refuseLogin(FrontDoor replica, String username, String password) {
        send(replica, replica.json("/users/login", FrontDoor.credentials(username, password)), 401);
    }

    void changePassword(FrontDoor replica, String token, String current, String replacement, int status) {
        String body = json(Map.of("current", current, "new", replacement));
        send(replica, as(token, replica.json("/users/me/password", body)), status);
    }

    /** A code for a user, whose token tells who he is. */
    String resetCode(FrontDoor replica, String token, String administrator) {
        String id = send(replica, as(token, replica.request("/users/me")), 200)
                .json()
                .path("id")
                .asString();
        String code = told(
                replica,
                as(administrator, replica.request("/users/" + id + "/reset-code"))
                        .POST(BodyPublishers.noBody()),
                "code");
        var _ = keep("code", code);
        var _ = keep("code as it is hashed", code.replace("-", ""));
        return code;
    }

    void reset(FrontDoor replica, String username, String code, String replacement, int status) {
        String body = json(Map.of("username", username, "code", code, "new", replacement));
        send(replica, replica.json("/users/reset", body), status);
    }

    void delete(FrontDoor replica, String token, String password, int status) {
        String body = json(Map.of("password", password));
        send(
                replica,
                as(token, replica.request("/users/me"))
                        .header("Content-Type", "application/json")
                        .method("DELETE", BodyPublishers.ofString(body)),
                status);
    }

    Answer importUsers(FrontDoor replica, String administrator, String lines) {
        return send(
                replica,
                as(
                        administrator,
                        replica.request("/users/import")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(lines))),
                200);
    }
}
