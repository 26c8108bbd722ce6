package io.mainstay.flow;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

    /**
     * What a caller gets of it who may not see all flows. It never ends at the id of a flow that it does not show.
     *
     * @param query what the caller asked for, of which this is the {@linkplain FlowQuery#whole() whole} page
     */
    FlowPage shown(FlowQuery query, Predicate<FlowSummary> visible) {
        int limit = query.limit();
        List<FlowSummary> shown = flows.stream().filter(visible).toList();
        if (shown.size() > limit) {
            return new FlowPage(
                    shown.subList(0, limit), Optional.of(shown.get(limit - 1).cursor()), complete);
        }
        if (end.isEmpty() || shown.stream().map(FlowSummary::cursor).anyMatch(end.get()::equals)) {
            return new FlowPage(shown, end, complete);
        }
        long ms = end.get().createdMs();
        if (ms >= query.latestMs()) {
            // All of it is of one millisecond, in which no more can have been made than were looked at.
            return new FlowPage(shown, Optional.of(FlowCursor.before(ms)), complete);
        }
        // The next one begins with the last millisecond of this one, of which some may not have been looked at.
        return new FlowPage(
                shown.stream().filter(flow -> flow.cursor().createdMs() > ms).toList(),
                Optional.of(FlowCursor.before(ms + 1)),
                complete);
    }
}
