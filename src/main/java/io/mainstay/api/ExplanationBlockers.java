package io.mainstay.api;

import io.mainstay.job.JobState;
import io.mainstay.queue.Explanation;
import io.mainstay.rest.job.JobSerializer;
import java.util.List;

/** Names the jobs that must end before another one may start. */
final class ExplanationBlockers {

    private ExplanationBlockers() {}

    /** About the first of them, which has been in its state for longest; empty if none is known. */
    static String sentence(Explanation why) {
        return why.waiting().blockers().stream()
                .findFirst()
                .map(first -> " Job %s %s %s."
                        .formatted(first.id(), stands(first.state()), JobSerializer.text(first.since())))
                .orElse("");
    }

    /** Null, and not shown, if there are none, or something else holds the job first, as a pause of its queue does. */
    static List<BlockerView> views(Explanation why) {
        List<Explanation.Blocker> blockers = why.waiting().blockers();
        boolean apart = why.waiting().limit().filter(why.reason()::equals).isEmpty();
        return apart || blockers.isEmpty()
                ? null
                : blockers.stream().map(BlockerView::of).toList();
    }

    private static String stands(JobState state) {
        return switch (state) {
            case RUNNING -> "has run since";
            case SCHEDULED -> "has waited for its next attempt since";
            default -> "has been ready since";
        };
    }
}
