package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a kubelet has to know of a pod of ours.
 *
 * @param preStop how long it goes on as before, once it is to end, before it is told so
 * @param grace from then (preStop included) until it is killed
 * @param livenessGrace the same when it ends because liveness failed
 * @param environment what the configuration map says
 */
record PodPlan(
        HttpProbe startup,
        HttpProbe readiness,
        HttpProbe liveness,
        Duration preStop,
        Duration grace,
        Duration livenessGrace,
        Map<String, String> environment) {

    static PodPlan of(Manifests manifests, Workload workload) {
        Container container = workload.containers().get(0);
        Probe liveness = container.getLivenessProbe();
        Duration grace = Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds());
        return new PodPlan(
                HttpProbe.of(container.getStartupProbe()),
                HttpProbe.of(container.getReadinessProbe()),
                HttpProbe.of(liveness),
                Duration.ofSeconds(
                        container.getLifecycle().getPreStop().getSleep().getSeconds()),
                grace,
                Optional.ofNullable(liveness.getTerminationGracePeriodSeconds())
                        .map(Duration::ofSeconds)
                        .orElse(grace),
                environment(manifests, container));
    }

    private static Map<String, String> environment(Manifests manifests, Container container) {
        Map<String, String> environment = new HashMap<>();
        container.getEnvFrom().forEach(from -> manifests
                .named(ConfigMap.class, from.getConfigMapRef().getName())
                .ifPresent(map -> environment.putAll(map.getData())));
        return environment;
    }
}
