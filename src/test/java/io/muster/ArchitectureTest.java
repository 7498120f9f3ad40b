package io.muster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

@AnalyzeClasses(packages = "io.muster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** From the top of the house to its foundation. */
    private static final List<String> FLOORS =
            List.of("wiring", "cli", "client", "web", "ops", "users", "transport", "node", "storage", "raft");

    @ArchTest
    static final ArchRule importsRunDownward = classes()
            .that()
            .resideInAPackage("io.muster.(*)..")
            .should(new ArchCondition<JavaClass>("use packages below their own only") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    item.getDirectDependenciesFromSelf().stream()
                            .filter(use ->
                                    floor(use.getTargetClass()) >= 0 && floor(use.getTargetClass()) < floor(item))
                            .forEach(use -> events.add(SimpleConditionEvent.violated(item, use.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule theCoreUsesJavaOnly = classes()
            .that()
            .resideInAPackage("io.muster.raft")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.muster.raft",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule springIsSeenAtTheEdgeOnly = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.muster.raft",
                    "io.muster.storage",
                    "io.muster.node",
                    "io.muster.users..",
                    "io.muster.cli",
                    "io.muster.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "net.devh..");

    @ArchTest
    static final ArchRule storageReachesTheDiskThroughItsPort = noClasses()
            .that()
            .resideInAPackage("io.muster.storage")
            .and()
            .haveSimpleNameNotStartingWith("FileDisk")
            .and()
            .haveSimpleNameNotStartingWith("ChannelFile")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file", "java.nio.channels");

    private static int floor(JavaClass type) {
        String[] names = type.getPackageName().split("\\.", -1);
        return names.length > 2 && names[1].equals("muster") ? FLOORS.indexOf(names[2]) : -1;
    }
}
