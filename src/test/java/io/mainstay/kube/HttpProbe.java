package io.mainstay.kube;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;

/** A probe by GET, as a manifest says it, with Kubernetes' defaults for what it does not say. */
record HttpProbe(
        String path, String port, Duration period, Duration timeout, int failureThreshold, int successThreshold) {

    private static final int PERIOD = 10;
    private static final int TIMEOUT = 1;
    private static final int FAILURES = 3;

    static HttpProbe of(Probe probe) {
        if (probe.getInitialDelaySeconds() != null) {
            throw new IllegalArgumentException("an initial delay, which the startup probe makes needless");
        }
        return new HttpProbe(
                probe.getHttpGet().getPath(),
                probe.getHttpGet().getPort().getStrVal(),
                seconds(probe.getPeriodSeconds(), PERIOD),
                seconds(probe.getTimeoutSeconds(), TIMEOUT),
                or(probe.getFailureThreshold(), FAILURES),
                or(probe.getSuccessThreshold(), 1));
    }

    /** Longest time from the moment nobody answers any more until the threshold is reached. */
    Duration slowest() {
        Duration between = period.compareTo(timeout) > 0 ? period : timeout;
        return period.plus(between.multipliedBy(failureThreshold - 1L)).plus(timeout);
    }

    private static Duration seconds(Integer given, int otherwise) {
        return Duration.ofSeconds(or(given, otherwise));
    }

    private static int or(Integer given, int otherwise) {
        return Optional.ofNullable(given).orElse(otherwise);
    }
}
