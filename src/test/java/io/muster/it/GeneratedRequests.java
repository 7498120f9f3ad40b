package io.muster.it;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of the calls of an OpenAPI document: some as it says, some with something wrong, some with all wrong. */
final class GeneratedRequests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern IN_PATH = Pattern.compile("\\{[^}]+}");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "user1",
            "alice",
            "admin",
            "correct horse",
            "0",
            "-1",
            "true",
            "null",
            "' OR 1=1 --",
            "../..",
            "\u0000",
            "\u202e",
            "\ud800",
            "\ud83d\ude00",
            "\u00e9",
            "e\u0301",
            "%00",
            "${x}",
            "\\",
            "x".repeat(65),
            "x".repeat(3000),
            "2026-11-27T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy");
    private static final List<String> NUMBERS =
            List.of("0", "-1", "1", "1000", "1001", "9223372036854775808", "1e400", "0.5", "x", "");
    private static final List<String> ACCEPTED =
            List.of("*/*", "application/json", "application/problem+json", "text/html", "x");
    private static final List<String> CONTENTS =
            List.of("application/json", "application/json;charset=utf-16", "text/plain", "application/x-ndjson", "x");

    private final RandomGenerator random;
    private final ApiDocument document;
    private final List<UUID> users;

    /** @param users whose ids are drawn at times */
    GeneratedRequests(RandomGenerator random, ApiDocument document, List<UUID> users) {
        this.random = random;
        this.document = document;
        this.users = users;
    }

    /** @param tokens of which one, or none, is sent */
    HttpRequest.Builder next(FrontDoor door, ApiDocument.Operation operation, List<String> tokens) {
        HttpRequest.Builder request = door.request(path(operation) + query(operation));
        if (!oneIn(8)) {
            request.header("Authorization", "Bearer " + pick(tokens));
        }
        if (oneIn(6)) {
            request.header("Accept", pick(ACCEPTED));
        }
        if (oneIn(6)) {
            request.header("Raft-Min-Index", oneIn(2) ? "1" : pick(NUMBERS));
        }
        if (oneIn(3)) {
            request.header("Idempotency-Key", printable(pick(TEXTS)));
        }
        return request.method(operation.method(), body(operation, request));
    }

    private HttpRequest.BodyPublisher body(ApiDocument.Operation operation, HttpRequest.Builder request) {
        JsonNode content = operation.description().path("requestBody").path("content");
        if (content.isEmpty() || oneIn(20)) {
            return BodyPublishers.noBody();
        }
        var described = content.properties().iterator().next();
        request.header("Content-Type", oneIn(12) ? pick(CONTENTS) : described.getKey());
        JsonNode valid = valid(document.resolved(described.getValue().path("schema")));
        return switch (random.nextInt(6)) {
            case 0, 1 -> BodyPublishers.ofString(valid.toString());
            case 2, 3 -> BodyPublishers.ofString(changed((ObjectNode) valid).toString());
            case 4 -> BodyPublishers.ofByteArray(damaged(valid.toString().getBytes(StandardCharsets.UTF_8)));
            default -> BodyPublishers.ofString(any(0).toString());
        };
    }

    private String path(ApiDocument.Operation operation) {
        String value = oneIn(3) || users.isEmpty()
                ? UUID.randomUUID().toString()
                : pick(users).toString();
        String inPath = oneIn(6) ? "x" + encoded(printable(pick(TEXTS))) : value;
        return IN_PATH.matcher(operation.path()).replaceAll(Matcher.quoteReplacement(inPath));
    }

    private String query(ApiDocument.Operation operation) {
        StringBuilder query = new StringBuilder("?");
        for (JsonNode parameter : operation.description().path("parameters")) {
            if (parameter.path("in").asString().equals("query") && oneIn(2)) {
                query.append(parameter.path("name").asString())
                        .append('=')
                        .append(encoded(oneIn(2) ? pick(NUMBERS) : pick(TEXTS)))
                        .append('&');
            }
        }
        return query.toString();
    }

    private ObjectNode valid(JsonNode schema) {
        ObjectNode body = JSON.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            JsonNode of = property.getValue();
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString().equals(property.getKey()));
            if (required || oneIn(2)) {
                body.set(
                        property.getKey(),
                        of.has("example") && oneIn(2)
                                ? of.path("example")
                                : ofType(of.path("type").asString()));
            }
        });
        return body;
    }

    private JsonNode ofType(String type) {
        return switch (type) {
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "array" -> JSON.createArrayNode().add(pick(TEXTS));
            default -> JSON.getNodeFactory().stringNode(pick(TEXTS));
        };
    }

    private ObjectNode changed(ObjectNode body) {
        List<String> names = List.copyOf(body.propertyNames());
        String name = names.isEmpty() || oneIn(4) ? pick(TEXTS) : pick(names);
        if (oneIn(3)) {
            body.remove(name);
        } else {
            body.set(name, any(0));
        }
        return body;
    }

    private JsonNode any(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 3 -> JSON.getNodeFactory().stringNode(pick(TEXTS));
            case 4 -> {
                ArrayNode array = JSON.createArrayNode();
                random.ints(random.nextInt(5), 0, 2).forEach(each -> array.add(any(depth + 1)));
                yield array;
            }
            default -> JSON.createObjectNode().set(pick(TEXTS), any(depth + 1));
        };
    }

    private byte[] damaged(byte[] body) {
        byte[] damaged = body.clone();
        if (damaged.length > 0) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return oneIn(10) ? new byte[8 * 1024 + 1] : damaged;
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String printable(String text) {
        return text.replaceAll("[^!-~]", "").replaceAll("[/\\\\;%]", "");
    }
}
