package io.mainstay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mainstay.job.JobState;
import io.mainstay.job.Transitions;
import io.mainstay.job.Transitions.JobEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables of keys, transitions and scripts are what the code has; {@code io.mainstay.docs} compares names and links. */
class DocumentationTest {

    /** In place of a default, where there is none. */
    private static final String NONE = "*none*";

    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `(mainstay\\.[a-z0-9.-]+)` \\| ([^|]*) \\|");
    private static final Pattern TRANSITION_ROW =
            Pattern.compile("(?m)^\\| `([a-z]+)` \\| ([a-z]+) \\| `([a-z]+)` \\|");
    private static final Pattern SCRIPT_ROW = Pattern.compile("(?m)^\\| `([a-z_]+)\\.lua` \\|");

    @Test
    void everyKeyIsDescribedWithItsDefault() {
        Map<String, String> described = new TreeMap<>();
        rows("docs/configuration.md", KEY_ROW).forEach(row -> assertThat(described.put(row.group(1), row.group(2)))
                .as("second description of %s", row.group(1))
                .isNull());

        assertThat(described).isEqualTo(keysOfTheCode());
    }

    @Test
    void transitionsInTheLifecycleAreThoseOfTheTable() {
        List<String> described = rows("docs/job-lifecycle.md", TRANSITION_ROW)
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();
        List<String> real = new ArrayList<>();
        for (JobState from : JobState.values()) {
            for (JobEvent event : JobEvent.values()) {
                Transitions.after(from, event)
                        .ifPresent(to -> real.add(
                                from.wireName() + " " + event.name().toLowerCase(Locale.ROOT) + " " + to.wireName()));
            }
        }

        assertThat(described).containsExactlyInAnyOrderElementsOf(real);
    }

    @Test
    void everyScriptHasItsRow() throws IOException {
        List<String> described = rows("docs/redis-model.md", SCRIPT_ROW)
                .map(row -> row.group(1) + ".lua")
                .toList();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/lua"))) {
            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
    }

    private static Map<String, String> keysOfTheCode() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.mainstay").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .flatMap(type ->
                                keys(type.getAnnotation(ConfigMapping.class).prefix(), type))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private static Stream<Map.Entry<String, String>> keys(String prefix, Class<?> mapping) {
        return Stream.of(mapping.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .flatMap(method -> {
                    String key = prefix + "." + keyName(method);
                    if (Stream.of(mapping.getClasses()).anyMatch(method.getReturnType()::equals)) {
                        return keys(key, method.getReturnType());
                    }
                    WithDefault value = method.getAnnotation(WithDefault.class);
                    return Stream.of(Map.entry(key, value == null ? NONE : "`" + value.value() + "`"));
                });
    }

    private static String keyName(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Stream<MatchResult> rows(String page, Pattern row) {
        return row.matcher(text(Path.of(page))).results();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
