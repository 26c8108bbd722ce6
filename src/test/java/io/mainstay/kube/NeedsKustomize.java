package io.mainstay.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skipped, and said to be, where nothing is installed that renders manifests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.mainstay.kube.Kustomize#installed",
        disabledReason = "neither kubectl (1.27 or newer) nor kustomize (5.0 or newer) is installed")
@interface NeedsKustomize {}
