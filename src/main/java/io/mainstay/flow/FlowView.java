package io.mainstay.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flow as shown.
 *
 * @param state running, succeeded (all jobs did) or failed (all have ended, and one did not succeed)
 * @param counts jobs by state, every state there is
 * @param endedAt absent while a job has not ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record FlowView(
        String id, String state, Map<String, Long> counts, String createdAt, String endedAt, List<JobView> jobs) {

    /**
     * One of its jobs.
     *
     * @param state blocked, active (scheduled, ready or running: the job itself knows), succeeded, dead or cancelled
     * @param after names of its parents
     */
    @RegisterForReflection
    public record JobView(
            String name, String queue, String id, String state, List<String> after, String onParentDead) {}

    static FlowView of(FlowStatus flow) {
        return new FlowView(
                flow.id().value(),
                state(flow),
                counts(flow),
                JobSerializer.text(flow.createdAt()),
                flow.endedAt().map(JobSerializer::text).orElse(null),
                flow.nodes().stream().map(node -> job(flow, node)).toList());
    }

    private static String state(FlowStatus flow) {
        if (flow.endedAt().isEmpty()) {
            return "running";
        }
        boolean well = flow.nodes().stream().allMatch(node -> node.phase() == FlowStatus.Phase.SUCCEEDED);
        return well ? "succeeded" : "failed";
    }

    private static Map<String, Long> counts(FlowStatus flow) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (FlowStatus.Phase phase : FlowStatus.Phase.values()) {
            counts.put(phase.wireName(), 0L);
        }
        flow.nodes().forEach(node -> counts.merge(node.phase().wireName(), 1L, Long::sum));
        return counts;
    }

    private static JobView job(FlowStatus flow, FlowStatus.Node node) {
        return new JobView(
                node.name(),
                node.queue().value(),
                node.member().job().value(),
                node.phase().wireName(),
                node.after().stream()
                        .map(parent -> flow.nodes().get(parent).name())
                        .toList(),
                node.onParentDead().wireName());
    }
}
