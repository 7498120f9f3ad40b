package io.muster.wiring;

import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says which setting could not be taken, without its value. */
final class SettingsErrors {

    private SettingsErrors() {}

    static String describe(ConfigurationPropertiesBindException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                return invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> "muster." + name(error) + " " + error.getDefaultMessage())
                        .sorted()
                        .collect(Collectors.joining("; "));
            }
            if (cause instanceof IllegalArgumentException rule && cause.getCause() == null) {
                return String.valueOf(rule.getMessage());
            }
        }
        return failure.getCause() instanceof BindException bind
                ? bind.getName() + " has a value of the wrong form"
                : String.valueOf(failure.getMessage());
    }

    private static String name(ObjectError error) {
        String path = error instanceof FieldError field ? field.getField() : error.getObjectName();
        return path.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
