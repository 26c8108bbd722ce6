package io.mainstay.machine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Fills a {@link RunSummary} with what happens. */
final class RunSummaryListener implements TestExecutionListener {

    private final RunSummary summary;
    private final Set<String> begunAnew = ConcurrentHashMap.newKeySet();
    private volatile TestPlan plan;

    RunSummaryListener(RunSummary summary) {
        this.summary = summary;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        summary.skipped(reason, count(test));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach((key, value) -> {
            if (key.equals(TimedTest.BEGUN_ANEW)) {
                begunAnew.add(test.getUniqueId());
                summary.begunAnew(name(test), value);
            } else if (key.equals(Requirement.MISSING)) {
                summary.skipped(value, 1);
            }
        });
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED && !begunAnew.contains(test.getUniqueId())) {
            String reason = result.getThrowable().map(Throwable::getMessage).orElse(null);
            summary.skipped(reason == null ? "no reason given by " + name(test) : reason, count(test));
        }
    }

    /** Methods; those that would have made several tests are one each. */
    private long count(TestIdentifier test) {
        return Math.max(
                1,
                plan.getDescendants(test).stream()
                        .filter(each -> plan.getChildren(each).isEmpty())
                        .count());
    }

    private String name(TestIdentifier test) {
        return plan.getParent(test)
                .filter(parent -> parent.getParentId().isPresent())
                .map(parent -> name(parent) + " " + test.getDisplayName())
                .orElseGet(test::getDisplayName);
    }
}
