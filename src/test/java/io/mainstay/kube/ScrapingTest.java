package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus finds every pod of the service, by annotations or by the operator's PodMonitor. */
@ParameterizedClass
@NeedsKustomize
@MethodSource("io.mainstay.kube.Manifests#ofEveryOverlay")
class ScrapingTest {

    private static final Path MONITOR = Path.of("k8s", "monitoring", "operator", "pod-monitor.yaml");

    private final Manifests manifests;

    ScrapingTest(Manifests manifests) {
        this.manifests = manifests;
    }

    @Test
    void annotationsAndMonitorNameThePortOfMetrics() throws IOException {
        PodMonitor monitor = monitor();
        PodMonitor.Endpoint endpoint = monitor.spec().podMetricsEndpoints().get(0);

        assertThat(manifests.services()).allSatisfy(service -> {
            assertThat(service.chosenBy(monitor.spec().selector())).isTrue();
            ContainerPort port = service.containers().get(0).getPorts().stream()
                    .filter(it -> it.getName().equals(endpoint.port()))
                    .findFirst()
                    .orElseThrow();
            assertThat(service.template().getMetadata().getAnnotations())
                    .containsAllEntriesOf(Map.of(
                            "prometheus.io/scrape",
                            "true",
                            "prometheus.io/port",
                            port.getContainerPort().toString(),
                            "prometheus.io/path",
                            endpoint.path()));
        });
    }

    private static PodMonitor monitor() throws IOException {
        return (PodMonitor) new ManifestReader().read(Files.readString(MONITOR)).get(0);
    }
}
