package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pod may do, what it gets, and what it is told, in every overlay. */
@ParameterizedClass
@NeedsKustomize
@MethodSource("io.mainstay.kube.Manifests#ofEveryOverlay")
class PodsTest {

    private static final Pattern KEY = Pattern.compile("`((?:mainstay|quarkus)\\.[a-z0-9.-]+)`");
    private static final Pattern PINNED = Pattern.compile(".+:(?!latest$)[^:/]+(@sha256:[0-9a-f]{64})?");

    /** Quarkus' defaults. */
    private static final int HTTP_PORT = 8080;

    private static final int MANAGEMENT_PORT = 9000;

    private static final Path MONITOR = Path.of("k8s", "monitoring", "operator", "pod-monitor.yaml");

    private final Manifests manifests;

    PodsTest(Manifests manifests) {
        this.manifests = manifests;
    }

    /** The "restricted" pod security standard, and a file system that nobody writes to. */
    @Test
    void podsHaveNoRightsTheyDoNotNeed() {
        for (Workload workload : manifests.workloads()) {
            PodSecurityContext pod = workload.pod().getSecurityContext();
            assertThat(pod.getRunAsNonRoot()).as("%s", workload).isTrue();
            assertThat(pod.getRunAsUser()).as("%s", workload).isPositive();
            assertThat(pod.getSeccompProfile().getType()).as("%s", workload).isEqualTo("RuntimeDefault");
            assertThat(workload.pod().getAutomountServiceAccountToken())
                    .as("%s", workload)
                    .isFalse();
            assertThat(Stream.of(
                            workload.pod().getHostNetwork(),
                            workload.pod().getHostPID(),
                            workload.pod().getHostIPC()))
                    .as("%s", workload)
                    .containsOnlyNulls();
            assertThat(workload.pod().getVolumes()).as("%s", workload).allMatch(it -> it.getHostPath() == null);
            workload.containers().forEach(PodsTest::assertConfined);
        }
    }

    @Test
    void everyContainerSaysWhatItNeedsAndHasAMemoryLimit() {
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                ResourceRequirements resources = container.getResources();
                assertThat(resources.getRequests()).as("%s", workload).containsKeys("cpu", "memory");
                // A limit on CPU would throttle, which looks like a stall.
                assertThat(resources.getLimits()).as("%s", workload).containsOnlyKeys("memory");
                assertThat(resources.getLimits().get("memory").getNumericalAmount())
                        .isGreaterThanOrEqualTo(
                                resources.getRequests().get("memory").getNumericalAmount());
            }
        }
    }

    @Test
    void everyImageIsAVersion() {
        for (Workload workload : manifests.workloads()) {
            assertThat(workload.containers())
                    .extracting(Container::getImage)
                    .as("%s", workload)
                    .allMatch(image -> PINNED.matcher(image).matches());
        }
    }

    /** Kubernetes would put MAINSTAY_PORT and the like into the environment, where they would look like configuration. */
    @Test
    void noServiceLinksMeetTheConfiguration() {
        assertThat(manifests.services())
                .allSatisfy(service ->
                        assertThat(service.pod().getEnableServiceLinks()).isFalse());
    }

    @Test
    void everyVariableIsAKeyOfTheService() throws IOException {
        Set<String> known = KEY.matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .map(key -> key.group(1).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(manifests.all(ConfigMap.class))
                .flatExtracting(map -> map.getData().keySet())
                .isSubsetOf(known);
        assertThat(manifests.services())
                .flatExtracting(service -> service.containers().get(0).getEnv())
                .extracting(EnvVar::getName)
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void probesAskTheManagementPortAndPortsAreThoseThatTheServiceListensOn() {
        for (Workload service : manifests.services()) {
            PodPlan plan = PodPlan.of(manifests, service);
            assertThat(Stream.of(plan.startup(), plan.readiness(), plan.liveness())
                            .map(HttpProbe::port))
                    .as("%s", service)
                    .containsOnly("management");

            assertThat(service.containers().get(0).getPorts())
                    .as("%s", service)
                    .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                    .containsExactlyInAnyOrder(tuple("http", HTTP_PORT), tuple("management", MANAGEMENT_PORT));
            assertThat(new AppSettings(plan.environment()).flag("quarkus.management.enabled"))
                    .isTrue();
            assertThat(plan.environment()).doesNotContainKeys("QUARKUS_HTTP_PORT", "QUARKUS_MANAGEMENT_PORT");
        }
    }

    /** By annotations or by the operator's PodMonitor, which asks pods: workers have no service. */
    @Test
    void prometheusFindsEveryPod() throws IOException {
        PodMonitor monitor = (PodMonitor)
                new ManifestReader().read(Files.readString(MONITOR)).get(0);

        assertThat(monitor.spec().podMetricsEndpoints())
                .containsExactly(new PodMonitor.Endpoint("management", "/q/metrics"));
        assertThat(manifests.services()).allSatisfy(service -> {
            assertThat(service.chosenBy(monitor.spec().selector())).isTrue();
            assertThat(service.template().getMetadata().getAnnotations())
                    .containsEntry("prometheus.io/scrape", "true")
                    .containsEntry("prometheus.io/port", Integer.toString(MANAGEMENT_PORT))
                    .containsEntry("prometheus.io/path", "/q/metrics");
        });
    }

    /** Only where things are tried out may everybody do everything. */
    @Test
    void callersNeedKeysWhichOnlyTheServiceReads() {
        boolean tryingOut = manifests.overlay().equals("dev");
        for (Workload service : manifests.services()) {
            Map<String, String> settings = PodPlan.of(manifests, service).environment();
            Container container = service.containers().get(0);
            assertThat(settings.getOrDefault("MAINSTAY_SECURITY_ENABLED", "true"))
                    .as("%s", service)
                    .isEqualTo(tryingOut ? "false" : "true");

            Path file = Path.of(settings.get("MAINSTAY_SECURITY_KEYS_FILE"));
            VolumeMount mount = container.getVolumeMounts().stream()
                    .filter(it -> file.getParent().equals(Path.of(it.getMountPath())))
                    .findFirst()
                    .orElseThrow();
            SecretVolumeSource secret = service.pod().getVolumes().stream()
                    .filter(volume -> volume.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow()
                    .getSecret();
            assertThat(mount.getReadOnly()).isTrue();
            // A path within a volume would not be renewed with its secret.
            assertThat(mount.getSubPath()).isNull();
            assertThat(secret.getDefaultMode()).isEqualTo(0440);
            assertThat(service.pod().getSecurityContext().getFsGroup())
                    .isEqualTo(service.pod().getSecurityContext().getRunAsGroup());
            assertThat(Guide.commands()).anySatisfy(command -> assertThat(command)
                    .startsWith("kubectl create secret generic " + secret.getSecretName() + " ")
                    .contains("--from-file=" + file.getFileName()));
        }
    }

    @Test
    void aNewPodIsReadyBeforeAnOldOneGoes() {
        assertThat(manifests.all(Deployment.class)).isNotEmpty().allSatisfy(deployment -> {
            assertThat(deployment
                            .getSpec()
                            .getStrategy()
                            .getRollingUpdate()
                            .getMaxUnavailable()
                            .getIntVal())
                    .isZero();
            assertThat(deployment
                            .getSpec()
                            .getStrategy()
                            .getRollingUpdate()
                            .getMaxSurge()
                            .getIntVal())
                    .isPositive();
        });
    }

    private static void assertConfined(Container container) {
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getPrivileged()).isNull();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
    }
}
