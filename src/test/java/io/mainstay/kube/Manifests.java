package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one overlay renders to, named by it. */
record Manifests(String overlay, List<Object> objects) {

    /** Whatever overlays there are: one that is added is tested without being named. */
    static Stream<Manifests> ofEveryOverlay() {
        return Kustomize.overlays().map(Manifests::of);
    }

    static Manifests of(String overlay) {
        return new Manifests(overlay, new ManifestReader().read(Kustomize.render(overlay)));
    }

    /** Deployments and stateful sets. */
    List<Workload> workloads() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(it -> new Workload(
                                        it,
                                        it.getSpec().getSelector(),
                                        it.getSpec().getTemplate())),
                        all(StatefulSet.class).stream()
                                .map(it -> new Workload(
                                        it,
                                        it.getSpec().getSelector(),
                                        it.getSpec().getTemplate())))
                .toList();
    }

    /** Those that run Mainstay. */
    List<Workload> services() {
        List<Workload> services =
                workloads().stream().filter(Workload::runsTheService).toList();
        assertThat(services).isNotEmpty();
        return services;
    }

    /** The one whose name is given, or nothing. */
    <T extends HasMetadata> Optional<T> named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** Names of the volumes that a stateful set claims. */
    Stream<String> claims(String statefulSet) {
        return named(StatefulSet.class, statefulSet).stream()
                .flatMap(it -> it.getSpec().getVolumeClaimTemplates().stream())
                .map(it -> it.getMetadata().getName());
    }

    <T> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T> T one(Class<T> kind) {
        assertThat(all(kind)).as(kind.getSimpleName()).hasSize(1);
        return all(kind).get(0);
    }

    @Override
    public String toString() {
        return overlay;
    }
}
