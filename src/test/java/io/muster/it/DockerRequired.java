package io.muster.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Skips a class, with one visible line, where no Docker engine answers. With the system property {@code
 * muster.docker.required} that is a failure.
 */
final class DockerRequired implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // Its search for an engine would fill pages.
        for (String talkative : List.of("org.testcontainers", "tc", "com.github.dockerjava")) {
            ((Logger) LoggerFactory.getLogger(talkative)).setLevel(Level.OFF);
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("a Docker engine answers");
        }
        if (Boolean.getBoolean("muster.docker.required")) {
            throw new IllegalStateException("muster.docker.required is set, and no Docker engine answers");
        }
        String skipped = context.getDisplayName() + " is skipped: no Docker engine answers";
        System.out.println(skipped);
        return ConditionEvaluationResult.disabled(skipped);
    }
}
