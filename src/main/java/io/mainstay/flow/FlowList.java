package io.mainstay.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of flows as shown.
 *
 * @param next null, and not shown, on the last
 * @param incomplete true if flows may be missing because part of Redis did not answer; null, and not shown, if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record FlowList(List<Entry> flows, String next, Boolean incomplete) {

    /**
     * A flow without its jobs.
     *
     * @param jobs how many it has
     * @param open how many of them have not ended
     * @param failed how many are dead or cancelled
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record Entry(String id, String state, int jobs, int open, int failed, String createdAt, String endedAt) {}

    static FlowList of(FlowPage page) {
        return new FlowList(
                page.flows().stream().map(FlowList::entry).toList(),
                page.end().map(FlowCursor::text).orElse(null),
                page.complete() ? null : true);
    }

    private static Entry entry(FlowSummary flow) {
        return new Entry(
                flow.id().value(),
                flow.state().wireName(),
                flow.jobs(),
                flow.open(),
                flow.failed(),
                JobSerializer.text(flow.createdAt()),
                flow.endedAt().map(JobSerializer::text).orElse(null));
    }
}
