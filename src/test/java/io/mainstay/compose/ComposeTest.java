package io.mainstay.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** compose.yaml names files, services and ports that are there. */
class ComposeTest {

    private static final Pattern PINNED = Pattern.compile("[^:]+:v?\\d+(\\.\\d+){2}[^:]*");
    private static final Path FILE = Path.of("compose.yaml");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ComposeFile compose = read(FILE, ComposeFile.class);

    @Test
    void imagesThatAreNotBuiltAreVersions() throws IOException {
        assertThat(compose.services().values())
                .filteredOn(service -> service.build() == null)
                .hasSize(3)
                .allMatch(service -> PINNED.matcher(service.image()).matches());
        assertThat(Files.readString(Path.of("k8s", "overlays", "dev", "redis.yaml")))
                .contains("image: " + service("redis").image());
        assertThat(service("mainstay").build().dockerfile()).exists();
    }

    /** Callers need no keys. */
    @Test
    void portsAreOpenOnThisMachineOnly() {
        assertThat(compose.services().values())
                .flatExtracting(service -> service.portsOrNone().toList())
                .containsExactlyInAnyOrder("127.0.0.1:8080:8080", "127.0.0.1:9090:9090", "127.0.0.1:3000:3000");
    }

    @Test
    void whatIsMountedIsThere() {
        List<ComposeFile.Mount> mounts = compose.services().values().stream()
                .flatMap(ComposeFile.Service::mounts)
                .toList();

        assertThat(mounts).filteredOn(ComposeFile.Mount::isFile).hasSize(5).allSatisfy(mount -> assertThat(
                        Path.of(mount.source()))
                .isRegularFile());
        assertThat(mounts)
                .filteredOn(mount -> !mount.isFile())
                .extracting(ComposeFile.Mount::source)
                .containsExactlyInAnyOrderElementsOf(compose.volumes().keySet());
    }

    @Test
    void variablesAreKeysOfTheServiceAndRedisIsTheOneBesideIt() throws IOException {
        String documentation = Files.readString(Path.of("docs", "configuration.md"));

        assertThat(service("mainstay").environment())
                .containsEntry("QUARKUS_REDIS_HOSTS", "redis://redis:6379")
                .allSatisfy((name, value) -> assertThat(documentation)
                        .contains(name.toLowerCase(Locale.ROOT).replace('_', '.')));
        assertThat(compose.services().values())
                .filteredOn(service -> service.dependsOn() != null)
                .allSatisfy(service -> assertThat(compose.services())
                        .containsKeys(service.dependsOn().toArray(String[]::new)));
    }

    @Test
    void prometheusScrapesTheServiceAndHasTheRules() {
        PrometheusFile prometheus = read(Path.of("compose", "prometheus.yaml"), PrometheusFile.class);
        PrometheusFile.Job job = prometheus.scrapeConfigs().get(0);

        // The names of jobs are those that the rules and the dashboard go by, if they do.
        assertThat(prometheus.scrapeConfigs()).hasSize(1);
        assertThat(job.metricsPath()).isEqualTo("/q/metrics");
        assertThat(job.dnsSdConfigs()).singleElement().satisfies(names -> {
            assertThat(compose.services()).containsKeys(names.names().toArray(String[]::new));
            assertThat(names.port()).as("the management port").isEqualTo(9000);
        });
        assertThat(prometheus.ruleFiles()).containsExactly("rules/*.yaml");
        assertThat(mount("prometheus", "./k8s/monitoring/rules.yaml")).hasParentRaw(Path.of("/etc/prometheus/rules"));
    }

    @Test
    void grafanaHasTheDataSourceAndTheDashboard() throws IOException {
        var sources = read(Path.of("compose", "grafana", "data-source.yaml"), GrafanaFiles.DataSources.class);
        var dashboards = read(Path.of("compose", "grafana", "dashboards.yaml"), GrafanaFiles.Dashboards.class);

        assertThat(sources.datasources()).singleElement().satisfies(source -> {
            assertThat(source.url().getHost()).isEqualTo("prometheus");
            assertThat(source.url().getPort()).isEqualTo(9090);
            assertThat(source.isDefault()).isTrue();
        });
        assertThat(mount("grafana", "./k8s/monitoring/dashboard.json"))
                .hasParentRaw(dashboards.providers().get(0).options().path());
        assertThat(Files.readString(FILE))
                .contains("http://localhost:3000/d/"
                        + YAML.readTree(Path.of("k8s/monitoring/dashboard.json").toFile())
                                .path("uid")
                                .asText());
    }

    /** Where Compose is installed; it is checked above, too. */
    @Test
    void composeTakesTheFile() throws Exception {
        for (List<String> command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            if (run(command, "version").isEmpty()) {
                continue;
            }
            assertThat(run(command, "-f", FILE.toString(), "config", "-q")).contains("");
        }
    }

    /** What it says, or nothing if it fails; a failure of {@code config} is then one of the test. */
    private static Optional<String> run(List<String> command, String... arguments) throws Exception {
        try {
            Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    private Path mount(String service, String source) {
        return service(service)
                .mounts()
                .filter(mount -> mount.source().equals(source))
                .findFirst()
                .orElseThrow()
                .target();
    }

    private ComposeFile.Service service(String name) {
        return compose.services().get(name);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
