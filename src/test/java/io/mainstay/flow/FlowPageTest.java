package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.FlowId;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What callers are shown who may not see all flows. */
class FlowPageTest {

    private static final QueueName OWN = new QueueName("own");
    private static final QueueName OTHER = new QueueName("other");
    private static final Predicate<FlowSummary> VISIBLE = flow -> flow.queues().equals(Set.of(OWN));

    @Test
    void pageNeverEndsAtAFlowThatIsNotShown() {
        List<FlowSummary> flows = List.of(flow("mine", 30, OWN), flow("secret", 20, OTHER), flow("older", 10, OWN));
        FlowPage page = page(flows, query(Optional.empty(), 50), 2);

        assertThat(ids(page)).containsExactly("mine");
        assertThat(page.end()).contains(FlowCursor.before(21));
        assertThat(page.end().orElseThrow().text()).isEqualTo("21_");
        assertThat(ids(page(flows, query(page.end(), 50), 2))).containsExactly("older");
    }

    @Test
    void pageOfOneMillisecondGoesOnBehindIt() {
        List<FlowSummary> flows = List.of(flow("b", 20, OTHER), flow("a", 20, OTHER), flow("mine", 10, OWN));
        FlowPage first = page(flows, query(Optional.empty(), 50), 1);
        FlowPage second = page(flows, query(first.end(), 50), 1);

        assertThat(first.end()).contains(FlowCursor.before(21));
        assertThat(second.end()).contains(FlowCursor.before(20));
        assertThat(ids(page(flows, query(second.end(), 50), 1))).containsExactly("mine");
    }

    @Test
    void everyVisibleFlowIsShownOnceAndNoOtherIsNamed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<FlowSummary> flows = IntStream.range(0, 60)
                    .mapToObj(i -> flow("f" + i, random.nextInt(40), random.nextInt(3) == 0 ? OWN : OTHER))
                    .sorted(Comparator.comparing(FlowSummary::cursor, FlowCursor.ORDER))
                    .toList();
            int limit = 1 + random.nextInt(5);
            List<String> shown = new ArrayList<>();
            Optional<FlowCursor> cursor = Optional.empty();
            int pages = 0;
            do {
                // More are looked at than were made in any millisecond.
                FlowPage page = page(flows, query(cursor, limit), 12);
                shown.addAll(ids(page));
                cursor = page.end();
                assertThat(page.flows()).hasSizeLessThanOrEqualTo(limit);
                assertThat(cursor.map(FlowCursor::id).filter(id -> !id.isEmpty() && !shown.contains(id)))
                        .as("seed %d", seed)
                        .isEmpty();
            } while (cursor.isPresent() && pages++ < 200);

            assertThat(shown)
                    .as("seed %d", seed)
                    .isEqualTo(flows.stream()
                            .filter(VISIBLE)
                            .map(flow -> flow.id().value())
                            .toList());
        }
    }

    /** As a store answers that looks at some flows at a time. */
    private static FlowPage page(List<FlowSummary> flows, FlowQuery query, int lookedAt) {
        List<FlowSummary> rest = flows.stream()
                .filter(flow -> query.cursor()
                        .map(cursor -> FlowCursor.ORDER.compare(flow.cursor(), cursor) > 0)
                        .orElse(true))
                .toList();
        List<FlowSummary> some = rest.subList(0, Math.min(lookedAt, rest.size()));
        Optional<FlowCursor> end = some.size() == rest.size()
                ? Optional.empty()
                : Optional.of(some.get(some.size() - 1).cursor());
        return new FlowPage(some, end, true).shown(query, VISIBLE);
    }

    private static FlowQuery query(Optional<FlowCursor> cursor, int limit) {
        return new FlowQuery(Optional.empty(), cursor, limit);
    }

    private static FlowSummary flow(String id, long createdMs, QueueName queue) {
        return new FlowSummary(
                new FlowId(id), Instant.ofEpochMilli(createdMs), Optional.empty(), 1, 1, 0, Set.of(queue));
    }

    private static List<String> ids(FlowPage page) {
        return page.flows().stream().map(flow -> flow.id().value()).toList();
    }
}
