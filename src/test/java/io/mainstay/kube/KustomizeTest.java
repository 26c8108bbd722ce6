package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows as skipped where the tests of the manifests are, which being parameterised do not show at all then. */
@NeedsKustomize
class KustomizeTest {

    @Test
    void theOverlaysOfTheGuideRender() {
        List<String> overlays = Kustomize.overlays().toList();

        assertThat(overlays).contains("dev", "keda", "production", "split", "split-keda");
        assertThat(overlays)
                .allSatisfy(overlay -> assertThat(Kustomize.render(overlay)).contains("kind: Deployment"));
    }

    @Test
    void monitoringRenders() {
        Path directory = Path.of("k8s", "monitoring");

        assertThat(Kustomize.render(directory)).contains("name: mainstay-rules", "name: mainstay-dashboard");
        assertThat(Kustomize.render(directory.resolve("operator"))).contains("kind: PodMonitor");
    }
}
