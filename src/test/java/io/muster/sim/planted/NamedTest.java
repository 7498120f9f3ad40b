package io.muster.sim.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.muster.mutant.ChangedClasses;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A test method, in a class or in one nested in it, run with classes that are not those of this JVM. */
final class NamedTest {

    private static final String PACKAGE = "io.muster.";

    private final String type;
    private final String method;

    /** @param name class and method, as in {@code raft.QuorumTest#finds} */
    NamedTest(String name) {
        int separator = name.indexOf('#');
        this.type = PACKAGE + name.substring(0, separator);
        this.method = name.substring(separator + 1);
    }

    /**
     * How many of its invocations failed.
     *
     * @throws IllegalStateException where it did not run at all
     */
    long failures(ChangedClasses classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors(classes))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsStartedCount() == 0) {
            throw new IllegalStateException("no test " + type + "#" + method + " ran");
        }
        return summary.getTestsFailedCount();
    }

    private List<DiscoverySelector> selectors(ChangedClasses classes) {
        try {
            Class<?> loaded = classes.loadClass(type);
            Stream<DiscoverySelector> own = Stream.<Class<?>>iterate(
                            loaded, at -> at != Object.class, Class::getSuperclass)
                    .flatMap(this::methods)
                    .map(found -> selectMethod(loaded, found));
            Stream<DiscoverySelector> nested = Arrays.stream(loaded.getDeclaredClasses())
                    .flatMap(inner -> methods(inner).map(found -> selectNestedMethod(List.of(loaded), inner, found)));
            return Stream.concat(own, nested).toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("there is no " + type, e);
        }
    }

    private Stream<Method> methods(Class<?> in) {
        return Arrays.stream(in.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method));
    }
}
