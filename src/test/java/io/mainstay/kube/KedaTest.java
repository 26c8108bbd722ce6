package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What KEDA needs to find and ask the service, in the overlays that it scales. */
@ParameterizedClass
@NeedsKustomize
@MethodSource("scaledOverlays")
class KedaTest {

    private final Manifests manifests;
    private final ScaledObject scaler;

    KedaTest(Manifests manifests) {
        this.manifests = manifests;
        scaler = manifests.one(ScaledObject.class);
    }

    static Stream<Manifests> scaledOverlays() {
        return Stream.of("keda", "split-keda").map(Manifests::of);
    }

    /** KEDA asks from a namespace of its own, so a name without the service's leads nowhere. */
    @Test
    void theAddressIsThatOfTheServiceInItsNamespace() {
        Service service = manifests.one(Service.class);

        assertThat(scaler.spec().triggers()).singleElement().satisfies(trigger -> assertThat(
                        URI.create(trigger.metadata().get("url")))
                .isEqualTo(URI.create("http://%s.%s.svc/v1/scaling"
                        .formatted(
                                service.getMetadata().getName(),
                                service.getMetadata().getNamespace()))));
    }

    @Test
    void whatATriggerProvesItselfByIsThere() {
        scaler.spec().triggers().forEach(trigger -> {
            assertThat(trigger.metadata()).containsEntry("authMode", "bearer");
            TriggerAuthentication authentication = manifests.one(TriggerAuthentication.class);
            assertThat(authentication.metadata().getName())
                    .isEqualTo(trigger.authenticationRef().name());
            assertThat(authentication.spec().secretTargetRef()).singleElement().satisfies(target -> {
                assertThat(target.parameter()).isEqualTo("token");
                assertThat(Guide.commands()).anySatisfy(command -> assertThat(command)
                        .startsWith("kubectl create secret generic " + target.name() + " ")
                        .contains("--from-literal=" + target.key() + "="));
            });
        });
    }

    /** The overlay without KEDA leaves one in the cluster, as {@code kubectl apply} deletes nothing. */
    @Test
    void theAutoscalerByCpuIsTakenOver() {
        assertThat(scaler.metadata().getAnnotations())
                .containsEntry("scaledobject.keda.sh/transfer-hpa-ownership", "true");
        // Autoscalers have the name of what they scale.
        assertThat(scaler.spec().advanced().horizontalPodAutoscalerConfig().name())
                .isEqualTo(scaler.spec().scaleTargetRef().name());
    }
}
