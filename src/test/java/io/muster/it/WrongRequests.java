package io.muster.it;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Requests with secrets that are wrong by their form, so that Jackson, Spring or Tomcat has something to say about them. */
final class WrongRequests {

    private final Confidant confidant;
    private final FrontDoor replica;

    WrongRequests(Confidant confidant, FrontDoor replica) {
        this.confidant = confidant;
        this.replica = replica;
    }

    void send(String administrator) {
        for (String path : List.of("/users/register", "/users/login", "/users/reset")) {
            jsonTo(path);
            formsTo(path);
        }
        headers();
        parameters(administrator);
        String flag = Confidant.json(Map.of("disabled", confidant.secret("in place of a flag")));
        String someone = "/users/" + UUID.randomUUID();
        confidant.send(replica, confidant.as(administrator, body("PATCH", someone, "application/json", flag)), 400);
    }

    private HttpRequest.Builder body(String method, String path, String type, String body) {
        return replica.request(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body));
    }

    private void jsonTo(String path) {
        bodies().forEach(body -> confidant.send(replica, replica.json(path, body), 400));
        String large = confidant.secret("in a large body").repeat(1_000);
        confidant.send(replica, replica.json(path, "{\"password\":\"" + large + "\"}"), 413);
    }

    /** With an escape that is none. */
    private void formsTo(String path) {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            String body = "password=%zz" + confidant.secret("in a body of another kind");
            confidant.send(replica, body("POST", path, type, body), 415);
            confidant.send(replica, body("PUT", path, type, body));
        }
    }

    private List<String> bodies() {
        return List.of(
                confidant.secret("as a body"),
                "\"" + confidant.secret("as a text") + "\"",
                "{\"password\":" + confidant.secret("without quotes") + "}",
                "{\"password\":[\"" + confidant.secret("in a list") + "\"]}",
                "{\"password\":{\"" + confidant.secret("as a name within") + "\":1}}",
                "{\"" + confidant.secret("as a name") + "\":\"" + confidant.secret("of an unknown field") + "\"}",
                "{\"password\":\"" + confidant.secret("before its double") + "\",\"password\":\"\"}",
                "{\"password\":\"" + confidant.secret("without an end"),
                "{\"password\":\"\\" + confidant.secret("behind a wrong escape") + "\"}",
                "{\"username\":1,\"password\":\"" + confidant.secret("beside a wrong type") + "\"}",
                "{\"password\":\"\"} " + confidant.secret("behind a body"),
                "{\"password\":\"" + confidant.secret("without a name") + "\"}");
    }

    private void headers() {
        byte[] basic = ("someone:" + confidant.password("as basic credentials")).getBytes(StandardCharsets.UTF_8);
        String authorization = "Basic " + Base64.getEncoder().encodeToString(basic);
        confidant.send(replica, replica.request("/users/me").header("Authorization", authorization), 401);
        confidant.send(replica, confidant.as(confidant.secret("as a token"), replica.request("/users/me")), 401);
        confidant.send(
                replica,
                replica.json("/users/login", "{}").header("Raft-Min-Index", confidant.secret("as an index")),
                400);
    }

    private void parameters(String administrator) {
        for (String query : List.of("/users?limit=", "/users?prefix=%00", "/users?prefix=%ff")) {
            confidant.send(
                    replica, confidant.as(administrator, replica.request(query + confidant.secret("as a parameter"))));
        }
        String onError = "/users/import?onError=" + confidant.secret("as a parameter of an import");
        confidant.send(replica, confidant.as(administrator, body("POST", onError, "application/x-ndjson", "")), 400);
        confidant.send(
                replica,
                replica.json("/users/login?password=" + confidant.secret("in the query of a login"), "{}"),
                400);
    }
}
