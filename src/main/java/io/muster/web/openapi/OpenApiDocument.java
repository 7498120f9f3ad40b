package io.muster.web.openapi;

import io.muster.users.Administrator;
import io.muster.users.Caller;
import io.muster.web.ProblemBody;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import org.springdoc.core.utils.SpringDocUtils;

/** What the document says besides its operations. */
public final class OpenApiDocument {

    /** Name of the security scheme: the token of a login. */
    static final String TOKEN = "token";

    /** Name of the parameter that reads may carry. */
    static final String MIN_INDEX = "Raft-Min-Index";

    private OpenApiDocument() {}

    /** The document without its operations, of a version of Muster. */
    public static OpenAPI begin(String version) {
        // They come from the token, and are no parameters to those who call.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Administrator.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Muster")
                        .version(version)
                        .description(
                                "A user registry that stays correct and available when a machine dies. Every replica"
                                        + " takes every call. Each answer tells by Served-By which replica has answered.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(components());
    }

    private static Components components() {
        Components components = new Components()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("The access_token of a login"))
                .addParameters(
                        MIN_INDEX,
                        new HeaderParameter()
                                .name(MIN_INDEX)
                                .description("The answer takes this place in the log into account, or comes as 503")
                                .schema(new IntegerSchema()
                                        .format("int64")
                                        .minimum(BigDecimal.ZERO)
                                        .example(1)))
                .addHeaders("Raft-Index", header("A place in the log that the answer takes into account", "12"))
                .addHeaders("Served-By", header("Number of the replica that has answered", "1"))
                .addHeaders("Retry-After", header("When to try again, in seconds", "1"))
                .addHeaders(
                        "WWW-Authenticate",
                        new Header()
                                .description("RFC 6750, unless a password was wrong")
                                .schema(new StringSchema()));
        ModelConverters.getInstance(true).readAll(ProblemBody.class).forEach(components::addSchemas);
        return components;
    }

    private static Header header(String description, String example) {
        return new Header().description(description).schema(new IntegerSchema().example(example));
    }
}
