package io.muster.wiring;

import io.muster.node.Replica;
import io.muster.ops.RaftHealthIndicator;
import io.muster.ops.RaftMeters;
import io.muster.ops.TokensHealthIndicator;
import io.muster.storage.DurableLog;
import io.muster.users.Accounts;
import io.muster.users.Administration;
import io.muster.users.Registry;
import io.muster.users.Sessions;
import io.muster.users.Tokens;
import io.muster.web.AccountController;
import io.muster.web.AdministrationController;
import io.muster.web.CallerResolver;
import io.muster.web.DoorFilter;
import io.muster.web.JwkSetController;
import io.muster.web.MinIndexInterceptor;
import io.muster.web.ProblemAdvice;
import io.muster.web.ProblemErrorController;
import io.muster.web.ProblemReportValve;
import io.muster.web.ProblemWriter;
import io.muster.web.RequestFrameFilter;
import io.muster.web.SessionController;
import io.muster.web.TransferController;
import io.muster.web.UsersController;
import io.muster.web.Utf8Bodies;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** The REST front door and what operators see. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /** Spring Boot's filter that counts and times requests stands at the place before. */
    private static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 2;

    @Bean
    UsersController usersController(Registry registry, Accounts accounts) {
        return new UsersController(registry, accounts);
    }

    @Bean
    SessionController sessionController(Registry registry, Sessions sessions) {
        return new SessionController(registry, sessions);
    }

    @Bean
    AccountController accountController(Accounts accounts) {
        return new AccountController(accounts);
    }

    @Bean
    AdministrationController administrationController(Administration administration, Tokens tokens) {
        return new AdministrationController(administration, tokens);
    }

    @Bean
    TransferController transferController(Administration administration, JsonMapper json) {
        return new TransferController(administration, json);
    }

    @Bean
    JwkSetController jwkSetController(Tokens tokens) {
        return new JwkSetController(tokens);
    }

    @Bean
    WebMvcConfigurer callersAndReads(Tokens tokens, Replica replica) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(tokens));
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new MinIndexInterceptor(replica));
            }
        };
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ProblemAdvice problemAdvice(ProblemWriter problems) {
        return new ProblemAdvice(problems);
    }

    @Bean
    Utf8Bodies utf8Bodies() {
        return new Utf8Bodies();
    }

    @Bean
    ProblemErrorController problemErrorController(ProblemWriter problems, Settings settings, Replica replica) {
        return new ProblemErrorController(problems, settings.self(), replica);
    }

    @Bean
    FilterRegistrationBean<RequestFrameFilter> requestFrameFilter(
            Settings settings, Replica replica, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(new RequestFrameFilter(settings.self(), replica, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(Settings settings, Registry registry, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(
                new DoorFilter(settings.addressLimits(), registry::isOverloaded, problems));
        filter.addUrlPatterns("/users/register", "/users/login", "/users/reset", "/users/me", "/users/me/password");
        filter.setOrder(AFTER_OBSERVATION);
        return filter;
    }

    /** Sessions go on while passwords wait for their hashes. */
    @Bean
    FilterRegistrationBean<DoorFilter> refreshDoorFilter(Settings settings, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(new DoorFilter(settings.addressLimits(), () -> false, problems));
        filter.setName("refreshDoorFilter");
        filter.addUrlPatterns("/tokens/refresh", "/tokens/revoke");
        filter.setOrder(AFTER_OBSERVATION);
        return filter;
    }

    /** What Jackson would keep for the next body, buffers and the names of fields, may be a password. */
    @Bean
    JsonFactoryBuilderCustomizer forgetfulJson() {
        return builder -> builder.recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES);
    }

    /** A body means what it says, or is refused: no unknown or doubled fields, no numbers for strings, nothing behind it. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        coercions -> coercions
                                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Boolean,
                        coercions -> coercions
                                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.String, CoercionAction.Fail))
                .withCoercionConfigDefaults(
                        coercions -> coercions.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
    }

    /** Tomcat makes a valve of its own unless the host has one of the class that it is told. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(Settings settings, Replica replica) {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
            host.getPipeline().addValve(new ProblemReportValve(settings.self(), replica));
        });
    }

    @Bean
    RaftHealthIndicator raftHealthIndicator(Replica replica) {
        return new RaftHealthIndicator(replica);
    }

    @Bean
    TokensHealthIndicator tokensHealthIndicator(Tokens tokens) {
        return new TokensHealthIndicator(tokens);
    }

    @Bean
    RaftMeters raftMeters(Replica replica, DurableLog log) {
        return new RaftMeters(replica, log);
    }
}
