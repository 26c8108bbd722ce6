package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/** What we use of KEDA's ScaledObject, keda.sh/v1alpha1. Null where nothing is said. */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            Target scaleTargetRef,
            Integer pollingInterval,
            Integer cooldownPeriod,
            Integer minReplicaCount,
            Integer maxReplicaCount,
            Advanced advanced,
            List<Trigger> triggers) {}

    /** A deployment, if no kind is given. */
    record Target(String apiVersion, String kind, String name) {}

    record Advanced(Boolean restoreToOriginalReplicaCount, AutoscalerConfig horizontalPodAutoscalerConfig) {}

    record AutoscalerConfig(String name, HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(
            String type,
            String name,
            String metricType,
            Map<String, String> metadata,
            AuthenticationRef authenticationRef) {}

    /** A TriggerAuthentication of the same name space, if no kind is given. */
    record AuthenticationRef(String name, String kind) {}
}
