package io.muster.wiring;

import io.muster.web.openapi.DescribedOperations;
import io.muster.web.openapi.OpenApiDocument;
import io.muster.web.openapi.RequiredComponents;
import io.swagger.v3.oas.models.OpenAPI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document, and the page that shows it. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    OpenAPI openApi(@Value("${spring.application.version:development}") String version) {
        return OpenApiDocument.begin(version);
    }

    @Bean
    RequiredComponents requiredComponents() {
        return new RequiredComponents();
    }

    @Bean
    DescribedOperations describedOperations() {
        return new DescribedOperations();
    }
}
