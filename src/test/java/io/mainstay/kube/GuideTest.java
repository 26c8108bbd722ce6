package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guide says of the manifests is what they are. */
@NeedsKustomize
class GuideTest {

    @Test
    void probesAreDescribedAsTheyAre() {
        Manifests manifests = Manifests.of("production");
        PodPlan plan = PodPlan.of(manifests, manifests.services().get(0));

        assertThat(Guide.rows("startup", "readiness", "liveness"))
                .containsExactly(
                        row("startup", plan.startup()),
                        row("readiness", plan.readiness()),
                        row("liveness", plan.liveness()));
    }

    @Test
    void everyOverlayIsDescribed() {
        List<String> names = Kustomize.overlays().map(name -> "`" + name + "`").toList();

        assertThat(Guide.rows(names.toArray(String[]::new))).hasSameSizeAs(names);
    }

    /** Otherwise a secret lands in one namespace and the pods that need it in another. */
    @Test
    void everyCommandNamesTheNamespace() {
        assertThat(Guide.commands())
                .filteredOn(command -> !command.matches("kubectl (create|label) namespace .*"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command).contains(" --namespace "));
    }

    private static String row(String name, HttpProbe probe) {
        return "| %s | `%s` | %d | %d | %d |"
                .formatted(
                        name,
                        probe.path(),
                        probe.period().toSeconds(),
                        probe.timeout().toSeconds(),
                        probe.failureThreshold());
    }
}
