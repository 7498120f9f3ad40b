package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document of a replica, and whether answers are as it says. */
final class ApiDocument {

    /** One call of the document. */
    record Operation(String path, String method, JsonNode description) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final String LOCATION = "urn:muster:openapi";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    ApiDocument(FrontDoor door) {
        Answer answer = door.get("/v3/api-docs");
        this.document = answer.json();
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(LOCATION, answer.body())));
    }

    JsonNode root() {
        return document;
    }

    List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(
                                path.getKey(), method.getKey().toUpperCase(java.util.Locale.ROOT), method.getValue())))
                .toList();
    }

    /** The JSON of a reference, or what is given where it is none. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** What is not as the document says. */
    void check(Operation operation, Answer answer) {
        assertThat(answer.status()).as("status of %s: %s", operation, answer).isNotEqualTo(500);
        JsonNode described = operation.description().path("responses").path(Integer.toString(answer.status()));
        assertThat(described.isMissingNode())
                .as("described status of %s: %s", operation, answer)
                .isFalse();
        assertThat(answer.header("Served-By")).isNotNull();
        JsonNode content = described.path("content");
        String mediaType = String.valueOf(answer.header("Content-Type")).replaceFirst(";.*", "");
        if (content.isEmpty()) {
            assertThat(answer.body()).as("body of %s", operation).isEmpty();
            return;
        }
        assertThat(content.propertyNames())
                .as("media types of %s: %s", operation, answer)
                .contains(mediaType);
        if (answer.status() >= 400) {
            assertThat(content.path(mediaType).path("examples").propertyNames())
                    .as("codes of %s: %s", operation, answer)
                    .contains(answer.code());
        }
        JsonNode schema = content.path(mediaType).path("schema");
        lines(mediaType, answer)
                .forEach(line -> assertThat(schema(schema).validate(line, com.networknt.schema.InputFormat.JSON))
                        .as("body of %s: %s", operation, answer)
                        .isEmpty());
    }

    private static Stream<String> lines(String mediaType, Answer answer) {
        return mediaType.equals("application/x-ndjson") ? answer.body().lines() : Stream.of(answer.body());
    }

    private Schema schema(JsonNode schema) {
        return schema.has("$ref")
                ? schemas.getSchema(
                        SchemaLocation.of(LOCATION + schema.path("$ref").asString()))
                : schemas.getSchema(schema);
    }
}
