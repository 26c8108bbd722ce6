package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Optional;

/**
 * How many pods a deployment has.
 *
 * @param scaled whether that is decided by an autoscaler
 */
record Replicas(boolean scaled, int least, int most) {

    static Replicas of(Manifests manifests, Deployment deployment) {
        String name = deployment.getMetadata().getName();
        return manifests.all(HorizontalPodAutoscaler.class).stream()
                .map(HorizontalPodAutoscaler::getSpec)
                .filter(scaler -> scaler.getScaleTargetRef().getName().equals(name))
                .map(scaler -> new Replicas(true, scaler.getMinReplicas(), scaler.getMaxReplicas()))
                .findFirst()
                .or(() -> manifests.all(ScaledObject.class).stream()
                        .map(ScaledObject::spec)
                        .filter(scaler -> scaler.scaleTargetRef().name().equals(name))
                        .map(scaler -> new Replicas(true, scaler.minReplicaCount(), scaler.maxReplicaCount()))
                        .findFirst())
                .orElseGet(() -> {
                    int fixed = Optional.ofNullable(deployment.getSpec().getReplicas())
                            .orElse(1);
                    return new Replicas(false, fixed, fixed);
                });
    }
}
