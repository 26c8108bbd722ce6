package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.JobState;
import io.mainstay.registry.QueueContents;
import io.mainstay.registry.QueueDeletion;
import io.mainstay.rest.AuditDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request to delete a queue came to, as shown.
 *
 * @param schedules those whose next run brings it back; null, and not shown, if there are none
 * @param left what it has still; null, and not shown, if it is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record DeletionView(String queue, boolean gone, long cancelled, long deleted, List<String> schedules, Left left)
        implements AuditDetail {

    @Override
    public String auditDetail() {
        return "cancelled=" + cancelled + " deleted=" + deleted;
    }

    /** What a queue has that is not gone yet. */
    @RegisterForReflection
    public record Left(Map<String, Long> jobs, long owedNews) {

        private static Left of(QueueContents contents) {
            Map<String, Long> jobs = new LinkedHashMap<>();
            for (JobState state : JobState.values()) {
                if (contents.jobs().containsKey(state)) {
                    jobs.put(state.wireName(), contents.jobs().get(state));
                }
            }
            return new Left(jobs, contents.owedNews());
        }
    }

    static DeletionView of(QueueDeletion deletion) {
        return new DeletionView(
                deletion.queue().value(),
                deletion.gone(),
                deletion.cancelled(),
                deletion.deleted(),
                deletion.schedules().isEmpty() ? null : deletion.schedules(),
                deletion.gone() ? null : Left.of(deletion.left()));
    }
}
