package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** What we use of KEDA's TriggerAuthentication, keda.sh/v1alpha1. */
record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(List<SecretTarget> secretTargetRef) {}

    /** A parameter of the trigger, and the secret's key that it is taken from. */
    record SecretTarget(String parameter, String name, String key) {}
}
