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
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that makes up secrets, sends them, and keeps them. Keeps what is answered, too, but for the one secret that an answer is
 * there to tell. Not thread-safe.
 */
final class Confidant {

    private static final int RANDOM_BITS = 100;
    private static final int DIGEST_OF_BCRYPT = 31;
    private static final int IDS_OF_REFRESH_TOKEN = 43;

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
        answers.add(text(answer, List.of()));
        return answer;
    }

    Answer send(FrontDoor replica, HttpRequest.Builder request, int status) {
        Answer answer = send(replica, request);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }

    /** What an answer tells in these fields, and nothing else may tell. */
    private List<String> told(FrontDoor replica, HttpRequest.Builder request, String... fields) {
        Answer answer = replica.send(request);
        List<String> told = Stream.of(fields)
                .map(field -> answer.json().path(field).asString(""))
                .toList();
        assertThat(told).as(answer.toString()).doesNotContain("");
        answers.add(text(answer, told));
        return told;
    }

    private static String text(Answer answer, List<String> told) {
        String body = answer.body();
        for (String secret : told) {
            body = body.replace("\"" + secret + "\"", "");
        }
        return answer.response().headers().map() + " " + body;
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

    /** The access token of a session that has gone on once. */
    String login(FrontDoor replica, String username, String password) {
        String refreshToken = session(replica, replica.json("/users/login", FrontDoor.credentials(username, password)))
                .getLast();
        return session(replica, replica.json("/tokens/refresh", json(Map.of("refresh_token", refreshToken))))
                .getFirst();
    }

    private List<String> session(FrontDoor replica, HttpRequest.Builder request) {
        List<String> tokens = told(replica, request, "access_token", "refresh_token");
        String signed = tokens.getFirst();
        var _ = keep("signature of a token", signed.substring(signed.lastIndexOf('.') + 1));
        var _ = keep("secret of a refresh token", tokens.getLast().substring(IDS_OF_REFRESH_TOKEN));
        return tokens;
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
                        "code")
                .getFirst();
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
