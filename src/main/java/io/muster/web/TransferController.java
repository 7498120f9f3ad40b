package io.muster.web;

import io.muster.users.Administration;
import io.muster.users.Administrator;
import io.muster.users.ExportedUser;
import io.muster.users.ImportSummary;
import io.muster.users.UserImport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Users out of and into files of lines of JSON, streamed, for administrators. Thread-safe; blocks its (virtual) thread. */
@Tag(name = "Administration")
@RestController
public final class TransferController {

    /** The media type of lines of JSON. */
    static final String NDJSON = "application/x-ndjson";

    /** Where imports go. */
    static final String IMPORT = "/users/import";

    private static final int MAX_LINE_BYTES = 8 * 1024;

    /** What to do about a line that is no user. */
    enum OnError {
        skip,
        stop
    }

    private final Administration administration;
    private final JsonMapper json;

    public TransferController(Administration administration, JsonMapper json) {
        this.administration = administration;
        this.json = json;
    }

    @Operation(
            operationId = "importUsers",
            summary = "Import users, one a line",
            description =
                    "Chunked, of any length. A line that is no user, or whose name or id is taken, is told of by its"
                            + " number. Sent again, what was created before is told as conflicts.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(mediaType = NDJSON, schema = @Schema(implementation = ImportLine.class))))
    @ApiResponse(
            responseCode = "200",
            description = "What came of the lines; all of it is durable",
            content = @Content(examples = @ExampleObject("""
                                    {"created": 2, "conflicts": 1, "invalid": 0, "errors": [{"line": 3,\
                                     "code": "username-taken", "detail": "a user of that name or id is there"}]}""")))
    @Refuses({ProblemType.MALFORMED_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.COMMIT_UNKNOWN})
    @PostMapping(path = IMPORT, consumes = NDJSON, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ImportSummary> read(
            Administrator administrator,
            @Parameter(description = "What to do about a line that is no user") @RequestParam(defaultValue = "skip")
                    OnError onError,
            HttpServletRequest request)
            throws IOException {
        UserImport users = administration.beginImport(administrator);
        Lines lines = new Lines(request.getInputStream(), MAX_LINE_BYTES);
        boolean goOn = true;
        while (goOn && !lines.ended()) {
            byte[] line = lines.next();
            goOn = isBlank(line) || take(line, lines.number(), users) || onError == OnError.skip;
        }
        return ResponseEntity.ok(users.finish());
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one != ' ' && one != '\r' && one != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean take(byte[] line, long number, UserImport users) {
        if (line.length > MAX_LINE_BYTES) {
            users.reject(number, "line-too-long", "a line has " + MAX_LINE_BYTES + " bytes at most");
            return false;
        }
        try {
            Utf8Bodies.requireUtf8(line);
            return users.add(number, parse(line).checked());
        } catch (JacksonException e) {
            users.reject(number, "malformed-line", JsonErrors.describe(e));
        } catch (MalformedRequestException e) {
            users.reject(number, "malformed-line", String.valueOf(e.getMessage()));
        }
        return false;
    }

    private ImportLine parse(byte[] line) {
        ImportLine parsed = json.readValue(line, ImportLine.class);
        if (parsed == null) {
            throw new MalformedRequestException("the line is no JSON object");
        }
        return parsed;
    }

    @Operation(
            operationId = "exportUsers",
            summary = "Export all users, one a line",
            description = "In the form that an import takes, with hashes. Whole only if it ends without an error.")
    @ApiResponse(
            responseCode = "200",
            description = "Lines of JSON",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(implementation = ExportedUser.class),
                            examples = @ExampleObject("""
                                    {"id": "fecbcd75-d31e-48dd-bf86-c8ef1f936e13", "username": "user1",\
                                     "hash": "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",\
                                     "createdAt": "2026-11-25T05:11:05.321Z", "roles": [], "disabled": false}""")))
    @Reads
    @GetMapping("/users/export")
    void write(
            Administrator administrator,
            @Parameter(description = "Goes on behind this name, where an export broke off", example = "user1")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            HttpServletResponse response)
            throws IOException {
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
        administration.export(administrator, after, user -> {
            out.write(json.writeValueAsBytes(user));
            out.write('\n');
        });
        out.flush();
    }
}
