package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.Filter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Another service, secured by plain Spring Security as its manual says, takes Muster's tokens and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourceServerIT {

    private InProcessCluster cluster;
    private AnnotationConfigWebApplicationContext service;
    private MockMvc mvc;

    /** What such a service is to be told of Muster. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    static class Service {

        private static String jwkSetUri = "";

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                    .build();
        }

        @Bean
        JwtDecoder jwtDecoder() {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(jwkSetUri)
                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                    .build();
            decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                    .issuer("urn:muster:muster-it")
                    .audience("muster")
                    .clientId("muster")
                    .build());
            return decoder;
        }

        @Bean
        Greetings greetings() {
            return new Greetings();
        }
    }

    @RestController
    static class Greetings {

        @GetMapping("/greeting")
        String greeting() {
            return "hello";
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(1, directory);
        cluster.start();
        Service.jwkSetUri = "http://127.0.0.1:" + frontDoor().port() + "/.well-known/jwks.json";
        service = new AnnotationConfigWebApplicationContext();
        service.setServletContext(new MockServletContext());
        service.register(Service.class);
        service.refresh();
        mvc = MockMvcBuilders.webAppContextSetup(service)
                .addFilters(service.getBean("springSecurityFilterChain", Filter.class))
                .build();
    }

    @AfterAll
    void stop() {
        service.close();
        cluster.close();
    }

    private FrontDoor frontDoor() {
        return cluster.frontDoors().getFirst();
    }

    private MockHttpServletResponse greet(String token) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get("/greeting").header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    @Test
    void takesATokenOfALoginAndNoOther() throws Exception {
        frontDoor().register("alice");
        String token = frontDoor().login("alice").json().path("access_token").asString();

        MockHttpServletResponse greeting = greet(token);
        assertThat(greeting.getStatus())
                .as(greeting.getHeader("WWW-Authenticate"))
                .isEqualTo(200);
        assertThat(greeting.getContentAsString()).isEqualTo("hello");
        assertThat(greet(token.substring(0, token.length() - 10) + "AAAAAAAAAA").getStatus())
                .isEqualTo(401);
    }
}
