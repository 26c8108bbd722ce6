package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/** Something that makes pods: a deployment or a stateful set. */
record Workload(HasMetadata owner, LabelSelector selector, PodTemplateSpec template) {

    static final String SERVICE = "mainstay";

    String name() {
        return owner.getMetadata().getName();
    }

    String kind() {
        return owner.getKind();
    }

    PodSpec pod() {
        return template.getSpec();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    List<Container> containers() {
        return pod().getContainers();
    }

    /** Whether these are pods of ours, not of something that came along. */
    boolean runsTheService() {
        return SERVICE.equals(containers().get(0).getName());
    }

    boolean chosenBy(Map<String, String> wanted) {
        return !wanted.isEmpty() && labels().entrySet().containsAll(wanted.entrySet());
    }

    boolean chosenBy(LabelSelector wanted) {
        assertThat(wanted.getMatchExpressions())
                .as("expressions, which nothing here can weigh")
                .isEmpty();
        return chosenBy(wanted.getMatchLabels());
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
