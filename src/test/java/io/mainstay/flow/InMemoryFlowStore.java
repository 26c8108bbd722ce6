package io.mainstay.flow;

import io.mainstay.hook.TwinNotices;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.queue.InMemoryJobStore;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The naive twin of the Redis store of flows: maps under one lock; which parents satisfy a job is worked out from sets. */
public final class InMemoryFlowStore implements FlowStore {

    private final Clock clock;
    private final Map<FlowId, TwinFlow> flows = new HashMap<>();
    private final TwinNotices notices;

    public InMemoryFlowStore(Clock clock, TwinNotices notices) {
        this.clock = clock;
        this.notices = notices;
    }

    @Override
    public Uni<Made> create(FlowPlan plan, Limits limits) {
        return locked(() -> {
            Optional<TwinFlow> there = there(plan.id());
            TwinFlow flow = there.orElseGet(() -> new TwinFlow(plan, now(), now().plus(limits.patience())));
            flows.put(plan.id(), flow);
            return new Made(
                    there.isEmpty(),
                    flow.nodes.stream()
                            .filter(node -> node.owed)
                            .map(flow::step)
                            .toList());
        });
    }

    @Override
    public Uni<Optional<List<FlowStep>>> report(FlowId id, List<FlowReport> reports, Limits limits) {
        return locked(() -> there(id).map(flow -> {
            List<FlowStep> steps = reports.stream()
                    .filter(report -> report.member().index() < flow.nodes.size())
                    .flatMap(report -> flow.report(report, now(), limits).stream())
                    .toList();
            if (flow.checkEnd(now(), limits.kept())) {
                notices.flowEnded(id.value(), now(), flow.queues(), flow.ends());
            }
            Map<FlowMember, FlowStep> latest = new LinkedHashMap<>();
            steps.forEach(step -> latest.put(step.member(), step));
            return List.copyOf(latest.values());
        }));
    }

    @Override
    public Uni<FlowPage> list(FlowQuery query) {
        return locked(() -> FlowPage.merged(
                List.of(new FlowPage(
                        flows.values().stream()
                                .filter(flow -> !isOver(flow))
                                .map(TwinFlow::summary)
                                .filter(flow -> query.state()
                                        .map(state -> state == flow.state())
                                        .orElse(true))
                                .filter(flow -> query.cursor()
                                        .map(cursor -> FlowCursor.ORDER.compare(flow.cursor(), cursor) > 0)
                                        .orElse(true))
                                .toList(),
                        Optional.empty(),
                        true)),
                query.limit(),
                true));
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public Uni<List<FlowStep>> due(int part, int max, Duration patience, Duration longest) {
        return locked(() -> {
            flows.values().removeIf(this::isOver);
            List<FlowStep> due = take(node -> !node.lookAt.isAfter(now()), max, patience);
            return due.isEmpty() ? take(node -> node.lookAt.isAfter(now().plus(longest)), max, patience) : due;
        });
    }

    private List<FlowStep> take(Predicate<TwinFlow.Node> wanted, int max, Duration patience) {
        return flows.values().stream()
                .flatMap(flow -> flow.nodes.stream()
                        .filter(node -> !node.phase.ended() && wanted.test(node))
                        .map(node -> Map.entry(flow, node)))
                .sorted(Comparator.comparing((Map.Entry<TwinFlow, TwinFlow.Node> due) -> due.getValue().lookAt)
                        .thenComparing(due -> due.getValue().member.job()))
                .limit(max)
                .toList()
                .stream()
                .map(due -> {
                    due.getValue().lookAt = now().plus(patience);
                    return due.getKey().step(due.getValue());
                })
                .toList();
    }

    @Override
    public Uni<Optional<FlowStatus>> find(FlowId id) {
        return locked(() -> there(id).map(TwinFlow::status));
    }

    @Override
    public Uni<Optional<List<FlowStatus.Node>>> parents(FlowMember member) {
        return locked(() -> there(member.flow())
                .filter(flow -> member.index() < flow.nodes.size())
                .map(flow -> flow.nodes.get(member.index()).asked.after().stream()
                        .map(parent -> flow.nodes.get(parent).view(true))
                        .toList()));
    }

    /** Reading removes nothing: a flow that is over may be there again once the clock has stepped back. */
    private Optional<TwinFlow> there(FlowId id) {
        return Optional.ofNullable(flows.get(id)).filter(flow -> !isOver(flow));
    }

    private boolean isOver(TwinFlow flow) {
        return flow.endedAt != null && !flow.keptUntil.isAfter(now());
    }

    private Instant now() {
        return InMemoryJobStore.toMillis(clock.instant());
    }

    private <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
