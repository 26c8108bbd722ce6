package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules are what Prometheus takes, fire when they should, and lead to a page that helps. */
class RulesTest {

    /** To be replaced by where the pages are read. */
    private static final String PLACE = "https://set-the-runbook-address.example/";

    private static final Pattern NAMED = Pattern.compile("`(Mainstay[A-Z]\\w+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @TempDir
    Path directory;

    @Test
    void prometheusTakesTheRules() throws Exception {
        promtool(
                "check",
                "rules",
                MonitoringFiles.DIRECTORY.resolve("rules.yaml").toString());
    }

    @Test
    void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        promtool(
                "test",
                "rules",
                MonitoringFiles.DIRECTORY.resolve("rules-test.yaml").toString());
    }

    @Test
    void prometheusTakesTheQueriesOfTheDashboard() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        for (JsonNode target : MonitoringFiles.targets()) {
            String query = target.path("expr").asText().replace("$__rate_interval", "5m");
            rules.add(Map.of("record", "q" + rules.size(), "expr", query));
        }
        Path file = directory.resolve("queries.yaml");
        // JSON is YAML.
        new ObjectMapper().writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "q", "rules", rules))));

        promtool("check", "rules", file.toString());
    }

    @Test
    void everyAlertIsTriedAndDescribed() {
        String tries = MonitoringFiles.text(MonitoringFiles.DIRECTORY.resolve("rules-test.yaml"));
        Set<String> alerts = alerts().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());

        assertThat(alerts).allSatisfy(alert -> assertThat(tries).containsPattern(alert + "\\b"));
        assertThat(MonitoringFiles.rows("alert |"))
                .extracting(row -> row.get(0).replace("`", "") + " " + row.get(2))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().map(rule -> rule.path("alert").asText() + " "
                                        + rule.path("labels").path("severity").asText())
                                .toList());
    }

    @Test
    void runbooksAreHeadingsThatNameTheirAlerts() {
        assertThat(alerts()).allSatisfy(rule -> {
            String runbook = rule.path("annotations").path("runbook_url").asText();
            assertThat(runbook).startsWith(PLACE);
            String[] address = runbook.substring(PLACE.length()).split("#");
            assertThat(address).hasSize(2);
            String page = MonitoringFiles.text(Path.of(address[0]));
            MatchResult heading = HEADING.matcher(page)
                    .results()
                    .filter(each -> anchor(each.group(1)).equals(address[1]))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no heading for " + runbook));
            String section = page.substring(heading.end()).split("(?m)^#", 2)[0];
            assertThat(section).contains("`" + rule.path("alert").asText() + "`");
        });
    }

    @Test
    void headingsNameNoAlertThatIsNotThere() {
        Set<String> alerts = alerts().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());

        // Another heading may name one as well.
        assertThat(NAMED.matcher(MonitoringFiles.text(Path.of("docs", "operations.md")))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet()))
                .isEqualTo(alerts);
    }

    private static Stream<JsonNode> alerts() {
        return MonitoringFiles.rules().stream();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private void promtool(String... arguments) throws IOException, InterruptedException {
        Requirement.PROMTOOL.assume(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool"))));
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("promtool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
