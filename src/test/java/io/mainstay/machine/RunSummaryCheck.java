package io.mainstay.machine;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Fails the run at its end if its {@link RunSummary} does. Registered as a service. A listener cannot fail anything; what an
 * extension leaves in the root's store can, when it is closed. It is a condition only because those are asked first, even
 * of a class that another condition disables.
 */
public final class RunSummaryCheck implements ExecutionCondition {

    private static final Namespace NAMESPACE = Namespace.create(RunSummarySession.NAMESPACE);
    /** Not the key of the session's store, which is the parent of the root's. */
    private static final String AT_THE_END = "check at the end";

    private static final ConditionEvaluationResult ENABLED = ConditionEvaluationResult.enabled("");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Runnable check =
                context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).get(RunSummarySession.CHECK, Runnable.class);
        if (check != null) {
            context.getRoot().getStore(NAMESPACE).computeIfAbsent(AT_THE_END, key -> (AutoCloseable) check::run);
        }
        return ENABLED;
    }
}
