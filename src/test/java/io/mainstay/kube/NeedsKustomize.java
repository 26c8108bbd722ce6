package io.mainstay.kube;

import io.mainstay.machine.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skipped, and said to be, where nothing is installed that renders manifests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsKustomize.Condition.class)
@interface NeedsKustomize {

    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Kustomize.installed()
                    ? ConditionEvaluationResult.enabled("")
                    : ConditionEvaluationResult.disabled(Requirement.KUSTOMIZE.reason());
        }
    }
}
