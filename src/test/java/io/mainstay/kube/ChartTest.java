package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart by itself: what it refuses, what it says, and that releases leave each other alone. */
class ChartTest {

    private static final Pattern PROJECT_VERSION =
            Pattern.compile("<artifactId>mainstay</artifactId>\\s*<version>(.*?)(?:-SNAPSHOT)?</version>");

    @TempDir
    private Path directory;

    private Chart chart;

    @BeforeEach
    void copy() {
        chart = new Chart(directory);
    }

    @Test
    void lintFindsNothing() {
        LintResult result = chart.lint();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(line -> line.contains("ERROR") || line.contains("WARNING"));
    }

    @Test
    void theSchemaRefusesValuesThatTheChartDoesNotHave() {
        assertRefused(Map.of("replicaCount", 3), "replicaCount");
        assertRefused(Map.of("split.worker.image.tag", "1.0.0"), "split.worker");
        assertRefused(Map.of("autoscaling.minReplicas", "three"), "autoscaling.minReplicas");
        assertRefused(Map.of("redis.existingSecret", "My_Secret"), "redis.existingSecret");
        assertRefused(Map.of("config.MAINSTAY_SECURITY_ENABLED", "false"), "config");
        assertRefused(Map.of("config.worker", "false"), "config");
    }

    @Test
    void configurationIsTextHoweverItIsWritten() throws IOException {
        Path values = Files.writeString(directory.resolve("values.yaml"), """
                config: {MAINSTAY_LIMIT: 1000000, MAINSTAY_SHARE: 0.5, MAINSTAY_FLAG: true, MAINSTAY_TEXT: PT5S}
                """);

        assertThat(chart.render("mainstay", Map.of(), values)
                        .one(ConfigMap.class)
                        .getData())
                .containsEntry("MAINSTAY_LIMIT", "1000000")
                .containsEntry("MAINSTAY_SHARE", "0.5")
                .containsEntry("MAINSTAY_FLAG", "true")
                .containsEntry("MAINSTAY_TEXT", "PT5S");
    }

    /** The name of the config map stays, so something else has to change in the pods. */
    @Test
    void aChangeOfTheConfigurationRollsThePods() {
        Manifests before = chart.render("mainstay", Map.of());
        Manifests after = chart.render("mainstay", Map.of("config.MAINSTAY_WORKER_CONCURRENCY", "128"));

        assertThat(before.services().get(0).template())
                .isNotEqualTo(after.services().get(0).template());
    }

    @Test
    void secretsHaveTheNamesThatAreGiven() {
        Manifests manifests = chart.render(
                "mainstay",
                Map.of(
                        "redis.existingSecret", "cache",
                        "redis.hostsKey", "url",
                        "security.existingSecret", "callers",
                        "keda.enabled", true,
                        "keda.existingSecret", "scaler"));
        Workload service = manifests.services().get(0);

        assertThat(service.containers().get(0).getEnv().get(0).getValueFrom().getSecretKeyRef())
                .satisfies(secret ->
                        assertThat(List.of(secret.getName(), secret.getKey())).containsExactly("cache", "url"));
        assertThat(service.pod().getVolumes())
                .extracting(Volume::getSecret)
                .filteredOn(Objects::nonNull)
                .extracting(SecretVolumeSource::getSecretName)
                .containsExactly("callers");
        assertThat(manifests.one(TriggerAuthentication.class).spec().secretTargetRef())
                .extracting(TriggerAuthentication.SecretTarget::name)
                .containsExactly("scaler");
    }

    @Test
    void twoReleasesInANamespaceShareNothing() {
        Manifests first = chart.render("mainstay", Map.of());
        Manifests second = chart.render("other", Map.of());

        assertThat(names(second))
                .doesNotContainAnyElementsOf(names(first))
                .allMatch(it -> it.contains(" other-mainstay"));
        assertThat(second.services().get(0).chosenBy(first.services().get(0).selector()))
                .isFalse();
        assertThat(second.services()
                        .get(0)
                        .chosenBy(first.one(Service.class).getSpec().getSelector()))
                .isFalse();
    }

    @Test
    void podsThatPrometheusScrapesAreThoseOfTheRelease() {
        Manifests manifests = chart.render("mainstay", Map.of("podMonitor.enabled", true, "split.enabled", true));
        PodMonitor monitor = manifests.one(PodMonitor.class);

        assertThat(manifests.services())
                .hasSize(2)
                .allMatch(service -> service.chosenBy(monitor.spec().selector()));
        assertThat(monitor.spec().podMetricsEndpoints())
                .containsExactly(new PodMonitor.Endpoint("management", "/q/metrics"));
    }

    @Test
    void notesSayWhichSecretsAreMissingAndWhatIsOnlyForDevelopment() {
        assertThat(chart.notes(Map.of("keda.enabled", true)))
                .contains("create secret generic mainstay-redis --namespace default")
                .contains("create secret generic mainstay-keys --namespace default")
                .contains("create secret generic mainstay-keda --namespace default")
                .doesNotContain("WARNING");
        assertThat(chart.notes(Map.of("redis.bundled.enabled", true, "security.enabled", false)))
                .contains("WARNING: the bundled Redis")
                .contains("WARNING: security is off")
                .doesNotContain("create secret");
    }

    @Test
    void valuesThatAreEmptyByDefaultComeOutWhereKubernetesHasThem() throws IOException {
        Path values = Files.writeString(directory.resolve("values.yaml"), """
                image: {pullPolicy: Always, pullSecrets: [{name: registry}]}
                fullnameOverride: queue
                extraEnv: [{name: MAINSTAY_HTTP_SIGNING_FILE, value: /etc/signing/keys}]
                extraVolumes: [{name: signing, secret: {secretName: signing}}]
                extraVolumeMounts: [{name: signing, mountPath: /etc/signing}]
                nodeSelector: {pool: jobs}
                tolerations: [{key: pool, operator: Exists}]
                affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}
                priorityClassName: high
                podAnnotations: {team: billing}
                podLabels: {team: billing}
                serviceAccount: {annotations: {role: jobs}}
                service: {type: LoadBalancer, port: 8080, annotations: {internal: "true"}}
                networkPolicy: {extraClients: [{ipBlock: {cidr: 10.0.0.0/8}}]}
                split: {worker: {resources: {limits: {memory: 1Gi}}}}
                """);
        Manifests manifests = chart.render("mainstay", Map.of("split.enabled", true, "keda.enabled", true), values);
        PodSpec api = manifests.services().get(0).pod();
        PodSpec worker = manifests.services().get(1).pod();

        assertThat(manifests.services()).extracting(Workload::name).containsExactly("queue-api", "queue-worker");
        assertThat(api.getContainers().get(0).getEnv())
                .extracting(EnvVar::getName)
                .contains("MAINSTAY_HTTP_SIGNING_FILE");
        assertThat(api.getContainers().get(0).getVolumeMounts()).hasSize(3);
        assertThat(api.getVolumes()).hasSize(3);
        assertThat(api.getTolerations()).hasSize(3);
        assertThat(api.getNodeSelector()).containsEntry("pool", "jobs");
        assertThat(api.getPriorityClassName()).isEqualTo("high");
        assertThat(memoryLimit(api)).isEqualTo("384Mi");
        assertThat(memoryLimit(worker)).isEqualTo("1Gi");
        assertThat(manifests.one(ScaledObject.class).spec().triggers().get(0).metadata())
                .containsEntry("url", "http://queue.default.svc:8080/v1/scaling");
    }

    /** Which is also the tag of the image unless another is given. */
    @Test
    void theVersionIsThatOfTheProject() throws IOException {
        Matcher project = PROJECT_VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(project.find()).isTrue();

        assertThat(Chart.lines("Chart.yaml"))
                .contains("version: " + project.group(1), "appVersion: \"" + project.group(1) + "\"");
    }

    @Test
    void theReadmeHasEveryValue() {
        List<String> values = Chart.lines("values.yaml").stream()
                .filter(line -> line.matches("[a-zA-Z]+:.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();

        assertThat(values).isNotEmpty().allSatisfy(value -> assertThat(Chart.lines("README.md"))
                .anyMatch(line -> line.matches("\\| .*`" + value + "[.`].*")));
    }

    private void assertRefused(Map<String, Object> values, String named) {
        assertThatThrownBy(() -> chart.render("mainstay", values))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(named);
    }

    private static String memoryLimit(PodSpec pod) {
        return pod.getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory")
                .toString();
    }

    private static List<String> names(Manifests manifests) {
        return manifests.all(HasMetadata.class).stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }
}
