package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlay that the guide tells to write works on top of every overlay there is. */
@NeedsKustomize
class OverlayExampleTest {

    @TempDir
    private Path directory;

    static Stream<String> overlays() {
        return Kustomize.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theExampleSetsNamespaceImageAndConfiguration(String overlay) throws IOException {
        Manifests manifests = example(overlay);

        assertThat(manifests.services()).allSatisfy(service -> {
            assertThat(service.containers().get(0).getImage()).isEqualTo("images.example/mainstay:1.0.0");
            assertThat(PodPlan.of(manifests, service).environment())
                    .containsEntry("MAINSTAY_WORKER_CONCURRENCY", "128")
                    .containsKey("MAINSTAY_SECURITY_KEYS_FILE");
        });
        assertThat(manifests.all(ConfigMap.class)).isNotEmpty();
        assertThat(manifests.all(HasMetadata.class))
                .extracting(object -> object.getMetadata().getNamespace())
                .containsOnly("jobs");
        assertThat(manifests.all(ScaledObject.class)).allSatisfy(scaler -> {
            assertThat(scaler.metadata().getNamespace()).isEqualTo("jobs");
            assertThat(scaler.spec().triggers())
                    .extracting(
                            trigger -> URI.create(trigger.metadata().get("url")).getHost())
                    .containsExactly("mainstay.jobs.svc");
        });
    }

    private Manifests example(String overlay) throws IOException {
        FileTree.copy(Path.of("k8s"), directory.resolve("mainstay").resolve("k8s"));
        Files.writeString(
                directory.resolve("kustomization.yaml"),
                Guide.example().replace("overlays/production", "overlays/" + overlay));
        return new Manifests(overlay, new ManifestReader().read(Kustomize.render(directory)));
    }
}
