package io.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

/** What a request or an answer holds of secrets does not show in its text; also in that of records to come. */
class RecordSecrecyTest {

    private static final String SECRET = "s3cr3t";
    private static final Set<String> SECRETS =
            Set.of("password", "current", "replacement", "code", "hash", "accessToken", "refreshToken", "headers");

    static Stream<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.muster.web").stream()
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        // The code of a problem is no secret.
                        .filter(type -> !type.equals(Problem.class) && !type.equals(ProblemBody.class))
                        .filter(type -> components(type).anyMatch(component -> SECRETS.contains(component.getName())));
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents());
    }

    @Test
    void findsTheRecordsThatHoldSecrets() {
        assertThat(records())
                .contains(
                        CredentialsRequest.class,
                        CredentialsRequest.Complete.class,
                        PasswordRequest.class,
                        PasswordChangeRequest.class,
                        PasswordChangeRequest.Complete.class,
                        ResetRequest.class,
                        ResetRequest.Complete.class,
                        ImportLine.class,
                        SessionBody.class,
                        RefreshRequest.class,
                        AdministrationController.ResetCodeBody.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void showsNoSecretInItsText(Class<?> type) throws ReflectiveOperationException {
        Class<?>[] types = components(type).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        Object value = constructor.newInstance(
                Arrays.stream(types).map(RecordSecrecyTest::sample).toArray());

        assertThat(value.toString()).isNotEmpty().doesNotContain(SECRET);
    }

    private static @Nullable Object sample(Class<?> type) {
        if (type.equals(HttpHeaders.class)) {
            HttpHeaders headers = new HttpHeaders();
            headers.setBearerAuth(SECRET);
            return headers;
        }
        return type.equals(long.class) ? (Object) 1L : type.equals(String.class) ? SECRET : null;
    }
}
