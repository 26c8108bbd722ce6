package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** What we use of the Prometheus operator's PodMonitor, monitoring.coreos.com/v1. */
record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

    /** A port by its name, and the path of the metrics. */
    record Endpoint(String port, String path) {}
}
