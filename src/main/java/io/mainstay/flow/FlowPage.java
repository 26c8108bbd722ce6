package io.mainstay.flow;

import java.util.List;
import java.util.Optional;

/**
 * One page of flows, the latest first. It may have fewer than asked for and go on.
 *
 * @param end where it ends, if others come after that
 * @param complete false if flows may be missing because a part of the store did not answer
 */
public record FlowPage(List<FlowSummary> flows, Optional<FlowCursor> end, boolean complete) {

    public FlowPage {
        flows = List.copyOf(flows);
    }

    /** One page out of those of all parts: it goes as far as nothing of any part is missing. */
    public static FlowPage merged(List<FlowPage> parts, int limit, boolean complete) {
        Optional<FlowCursor> end =
                parts.stream().flatMap(part -> part.end.stream()).min(FlowCursor.ORDER);
        List<FlowSummary> sure = parts.stream()
                .flatMap(part -> part.flows.stream())
                .filter(flow -> end.isEmpty() || FlowCursor.ORDER.compare(flow.cursor(), end.get()) <= 0)
                .sorted((one, other) -> FlowCursor.ORDER.compare(one.cursor(), other.cursor()))
                .toList();
        if (sure.size() <= limit) {
            return new FlowPage(sure, end, complete);
        }
        return new FlowPage(
                sure.subList(0, limit), Optional.of(sure.get(limit - 1).cursor()), complete);
    }
}
