package io.mainstay.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Statistics as shown.
 *
 * @param step from one point to the next, as in ISO 8601
 * @param points those in which something was counted, oldest first
 * @param groups the busiest first; null, and not shown, unless asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record StatsView(
        Instant from,
        Instant to,
        String step,
        boolean partial,
        CountsView total,
        List<CountsView> points,
        List<CountsView> groups) {

    static StatsView of(StatsQuery query, StatsSums sums) {
        JobCounts total = new JobCounts();
        sums.points().values().forEach(total::add);
        Instant from = query.at(query.first());
        Instant to = query.at(Math.max(query.first(), query.last() + 1));
        List<CountsView> points = sums.points().entrySet().stream()
                .map(each -> CountsView.point(query.at(each.getKey()), each.getValue()))
                .toList();
        return new StatsView(
                from,
                to,
                query.resolution().step().toString(),
                sums.partial(),
                CountsView.of(total),
                points,
                query.by().map(by -> groups(by, sums.groups())).orElse(null));
    }

    private static List<CountsView> groups(StatsGrouping by, Map<String, JobCounts> groups) {
        return groups.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, JobCounts> each) ->
                                each.getValue().weight())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .map(each -> CountsView.group(by, each.getKey(), each.getValue()))
                .toList();
    }
}
