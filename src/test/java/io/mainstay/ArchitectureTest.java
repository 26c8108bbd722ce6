package io.mainstay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The arrows between packages: vocabulary, then seams, then features that know nothing of each other. */
class ArchitectureTest {

    private static final String[] FEATURES = {
        "api",
        "demo",
        "embedded",
        "events",
        "flow",
        "health",
        "http",
        "maintenance",
        "redis",
        "scaling",
        "schedule",
        "telemetry",
        "tracing",
        "worker"
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mainstay");

    @Test
    void dependenciesPointFromFeaturesToSeamsToVocabulary() {
        var layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("job")
                .definedBy("io.mainstay.job..")
                .layer("handler")
                .definedBy("io.mainstay.handler..")
                .layer("queue")
                .definedBy("io.mainstay.queue..");
        layers.whereLayer("handler")
                .mayOnlyAccessLayers("job")
                .whereLayer("queue")
                .mayOnlyAccessLayers("job")
                .whereLayer("job")
                .mayNotAccessAnyLayer()
                .check(classes);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        for (String feature : FEATURES) {
            noClasses()
                    .that()
                    .resideInAPackage(packageOf(feature))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packagesOf(other -> !other.equals(feature)))
                    .check(classes);
        }
    }

    @Test
    void vocabularyAndSeamsDoNotKnowFeatures() {
        noClasses()
                .that()
                .resideInAnyPackage(packageOf("job"), packageOf("handler"), packageOf("queue"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf(any -> true))
                .check(classes);
    }

    @Test
    void onlyTheRedisPackageSpeaksToRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.mainstay.redis..", "io.mainstay.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
                .check(classes);
    }

    @Test
    void vocabularyIsPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("io.mainstay.job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mainstay.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void partsOfRedisHaveNoCycles() {
        JavaClasses redis = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.mainstay.redis");
        slices().matching("io.mainstay.(**)").should().beFreeOfCycles().check(redis);
    }

    private static String packageOf(String name) {
        return "io.mainstay." + name + "..";
    }

    private static String[] packagesOf(Predicate<String> wanted) {
        return Arrays.stream(FEATURES)
                .filter(wanted)
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
    }
}
