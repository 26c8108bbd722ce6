package io.mainstay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows between packages: {@code job} ← {@code handler}, {@code queue}, {@code rest} ← features ← {@code stores} ← {@code
 * redis}. A package under {@code io.mainstay} that is not named here is a feature.
 */
class ArchitectureTest {

    /** What features share, each with what it may know of the others. */
    private static final Map<String, Set<String>> SHARED = Map.of(
            "job", Set.of(),
            "logging", Set.of(),
            "security", Set.of("job"),
            "vertx", Set.of(),
            "handler", Set.of("job"),
            "queue", Set.of("job"),
            "due", Set.of("job", "queue"),
            "registry", Set.of("job", "queue"),
            "rest", Set.of("job", "handler", "queue", "security", "vertx"));

    /**
     * Features that know another one.
     *
     * <p>{@code telemetry} measures what {@code health} finds: it implements the observers of connections and of healing,
     * and reads the watchdog's figures. Those are health's own words; in {@code queue} they would have nothing to do.
     */
    private static final Map<String, Set<String>> ALLOWED = Map.of("telemetry", Set.of("health"));

    private static final String STORE = "redis";
    /** Puts several stores together: between what they implement and who makes them. */
    private static final String STORES = "stores";

    private static final Path SOURCES = Path.of("src/main/java");
    private static final long MOST_FILES = 45;
    private static final int MOST_LINES = 250;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mainstay");

    @Test
    void whatFeaturesShareKnowsNoFeature() {
        SHARED.forEach((name, known) -> onlyKnows(name, known));
    }

    @Test
    void featuresDoNotKnowEachOther() {
        Set<String> features = features();
        assertThat(features).contains("api", "flow", "health", "schedule", "worker");
        features.forEach(name -> onlyKnows(name, union(SHARED.keySet(), ALLOWED.getOrDefault(name, Set.of()))));
    }

    @Test
    void nobodyKnowsTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf(STORE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packageOf(STORE))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(packageOf(STORE), packageOf(STORES))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packageOf(STORES))
                .check(CLASSES);
    }

    @Test
    void whatRequestsShareKnowsNotHowJobsAreRead() {
        noClasses()
                .that()
                .resideInAPackage("io.mainstay.rest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.mainstay.rest.job")
                .check(CLASSES);
    }

    @Test
    void onlyTheRedisPackageSpeaksToRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.mainstay.redis..", "io.mainstay.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageKnowsTheInsidesOfVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mainstay.vertx")
                // The client has no type of its own for what Redis answers with an error.
                .and()
                .doNotHaveSimpleName("ErrorReply")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..impl..")
                .check(CLASSES);
    }

    @Test
    void vocabularyIsPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("io.mainstay.job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mainstay.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void partsOfRedisHaveNoCycles() {
        JavaClasses redis = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.mainstay.redis");
        slices().matching("io.mainstay.(**)").should().beFreeOfCycles().check(redis);
    }

    /** Beyond these a concept is missing. */
    @Test
    void packagesAndFilesAreSmall() throws IOException {
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            List<Path> files =
                    tree.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files.stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                    .isNotEmpty()
                    .allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES));
        }
    }

    private void onlyKnows(String name, Collection<String> known) {
        String[] others = packages().stream()
                .filter(other -> !other.equals(name) && !known.contains(other))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    private Set<String> features() {
        Set<String> features = packages();
        features.removeAll(union(SHARED.keySet(), List.of(STORE, STORES)));
        return features;
    }

    /** Names of the packages right under {@code io.mainstay}. */
    private Set<String> packages() {
        Set<String> names = new TreeSet<>();
        CLASSES.forEach(type -> {
            String[] parts = type.getPackageName().split("\\.");
            if (parts.length > 2) {
                names.add(parts[2]);
            }
        });
        return names;
    }

    private static List<String> union(Collection<String> some, Collection<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String packageOf(String name) {
        return "io.mainstay." + name + "..";
    }
}
