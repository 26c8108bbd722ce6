package io.mainstay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Names on whatever page exist: configuration keys, metrics, alerts, paths of the API, classes and scripts. The tables
 * that list them are compared with the code by other tests. The change log keeps names of the past.
 */
class NamesOnPagesTest {

    private static final String CONFIGURATION = "docs/configuration.md";
    private static final String OPERATIONS = "docs/security.md";

    private static final Pattern KEY = Pattern.compile("`(mainstay\\.[a-z0-9-]+(?:\\.[a-z0-9-]+)*)");
    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `(mainstay\\.[a-z0-9.-]+)` \\|");
    /** Attributes of spans, and queues of the service itself. */
    private static final Predicate<String> NO_KEY =
            Pattern.compile("mainstay\\.(job\\.\\w+|canary|hooks)").asMatchPredicate();

    private static final Pattern METRIC = Pattern.compile("\\b(mainstay_[a-z0-9_]*[a-z0-9])\\b");
    private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `(mainstay_[a-z0-9_]+)`");
    /** Claims of tokens. */
    private static final Set<String> NO_METRIC = Set.of("mainstay_payload", "mainstay_queues");

    private static final Pattern ALERT = Pattern.compile("`(Mainstay[A-Z]\\w+)`");
    private static final Pattern RULE = Pattern.compile("alert: (\\w+)");

    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT))`");
    private static final Pattern SCRIPT = Pattern.compile("`(?:lua/)?((?:lib/)?[a-z_]+\\.lua)`");

    private static final Pattern BASE = Pattern.compile("(?m)^base=http://localhost:8080(\\S*)$");
    private static final Pattern CALL = Pattern.compile("(?<![a-zA-Z.])(/v1/[\\w{}<>$./-]*[\\w}>])");
    private static final Pattern OPERATION = Pattern.compile("(?m)^\\| `\\w+` \\| `[A-Z]+ (/v1\\S*)` \\|.*$");
    /** Not of the API as callers see it: where receivers report, and an endpoint of a collector. */
    private static final Set<String> NO_CALL = Set.of("/v1/callbacks", "/v1/traces");

    @Test
    void keysExist() throws IOException {
        Collection<String> keys = Pages.find(Pages.text(CONFIGURATION), KEY_ROW);

        assertThat(onPages(KEY)).filteredOn(NO_KEY.negate()).allMatch(name -> keys.stream()
                .anyMatch(key -> key.equals(name) || key.startsWith(name + ".")));
    }

    @Test
    void metricsExist() throws IOException {
        Collection<String> metrics = Pages.find(Pages.text("docs/observability.md"), METRIC_ROW);

        assertThat(onPages(METRIC))
                .filteredOn(name -> !NO_METRIC.contains(name))
                .allMatch(name -> metrics.stream()
                        .anyMatch(metric -> metric.startsWith(name)
                                || metric.equals(name.replaceFirst("_(bucket|count|sum)$", ""))));
    }

    @Test
    void alertsExist() throws IOException {
        assertThat(Pages.find(Pages.text("k8s/monitoring/rules.yaml"), RULE)).containsAll(onPages(ALERT));
    }

    @Test
    void testClassesExist() throws IOException {
        Set<String> classes = Pages.files(Path.of(""), ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        assertThat(classes).containsAll(onPages(TEST_CLASS));
    }

    @Test
    void scriptsExist() throws IOException {
        Path lua = Path.of("src/main/resources/lua");
        Set<String> scripts = Pages.files(lua, ".lua").stream()
                .map(file -> lua.relativize(file).toString())
                .collect(Collectors.toSet());

        assertThat(scripts).containsAll(onPages(SCRIPT)).isNotEmpty();
    }

    @Test
    void pathsOfTheApiExist() throws IOException {
        Collection<Pattern> operations = operations().stream()
                .map(path -> Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")))
                .toList();

        assertThat(calls()).filteredOn(call -> !NO_CALL.contains(call)).allMatch(call -> operations.stream()
                .anyMatch(operation ->
                        operation.matcher(call).matches() || operation.pattern().startsWith(call + "/")));
    }

    /** An example or a sentence, besides its row in the table of rights. */
    @Test
    void everyOperationIsDescribed() throws IOException {
        Set<String> calls = calls();

        assertThat(operations()).allMatch(path -> {
            Pattern call = Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+"));
            return calls.stream().anyMatch(used -> call.matcher(used).matches());
        });
    }

    private static Set<String> operations() {
        return Pages.find(Pages.text(OPERATIONS), OPERATION);
    }

    /** Paths on all pages, but for the table of operations; an example may set a base first. */
    private static Set<String> calls() throws IOException {
        Set<String> calls = new TreeSet<>();
        for (Path page : Pages.all()) {
            String text = OPERATION.matcher(Pages.text(page)).replaceAll("");
            String base = Pages.matches(text, BASE)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse("");
            calls.addAll(Pages.find(text.replace("$base", base), CALL));
        }
        return calls;
    }

    private static Set<String> onPages(Pattern name) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path page : Pages.all()) {
            if (!page.endsWith("CHANGELOG.md")) {
                names.addAll(Pages.find(Pages.text(page), name));
            }
        }
        return names;
    }
}
