package io.mainstay.redis.store;

import io.mainstay.flow.FlowCursor;
import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPage;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowQuery;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowState;
import io.mainstay.flow.FlowStatus;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.queue.CallSize;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link FlowStore} in Redis. */
final class RedisFlowStore implements FlowStore {

    private final RedisCalls calls;

    RedisFlowStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Made> create(FlowPlan plan, Limits limits) {
        List<String> args = new ArrayList<>(2 + 5 * plan.nodes().size());
        args.add(memberPrefix(plan.id()));
        args.add(millis(limits.patience()));
        List<String> children = children(plan.nodes());
        for (int i = 0; i < plan.nodes().size(); i++) {
            FlowNode node = plan.nodes().get(i);
            args.add(FlowCodec.definition(node));
            args.add(FlowCodec.job(node));
            args.add(FlowCodec.parents(node));
            args.add(children.get(i));
            args.add(Integer.toString(node.after().size()));
        }
        return calls.run(Script.FLOW_CREATE, keys(plan.id()), args)
                .map(answer -> answer.get(0).toInteger() == 1
                        ? new Made(true, firstSteps(plan))
                        : new Made(false, steps(answer, 1)));
    }

    /** In parts that are small enough: each news stands for itself. */
    @Override
    public Uni<Optional<List<FlowStep>>> report(FlowId flow, List<FlowReport> reports, Limits limits) {
        List<List<FlowReport>> parts = CallSize.split(
                reports, Integer.MAX_VALUE, report -> FlowCodec.result(report.result(), limits.maxResult())
                        .length());
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> reportPart(flow, part, limits))
                .collect()
                .asList()
                .map(answers -> answers.contains(Optional.<List<FlowStep>>empty())
                        ? Optional.empty()
                        : Optional.of(answers.stream()
                                .flatMap(steps -> steps.orElseThrow().stream())
                                .toList()));
    }

    private Uni<Optional<List<FlowStep>>> reportPart(FlowId flow, List<FlowReport> reports, Limits limits) {
        List<String> args = new ArrayList<>(4 + 4 * reports.size());
        args.add(memberPrefix(flow));
        args.add(millis(limits.patience()));
        args.add(millis(limits.recheck()));
        args.add(millis(limits.kept()));
        for (FlowReport report : reports) {
            args.add(Integer.toString(report.member().index()));
            args.add(report.state().wireName());
            args.add(Integer.toString(report.turn()));
            args.add(FlowCodec.result(report.result(), limits.maxResult()));
        }
        FlowKeys keys = FlowKeys.of(flow);
        return calls.run(Script.FLOW_REPORT, List.of(keys.flow(flow), keys.todo(), keys.over(), keys.next()), args)
                .map(answer -> answer.get(0).toInteger() == 0 ? Optional.empty() : Optional.of(steps(answer, 1)));
    }

    @Override
    public int parts() {
        return Buckets.COUNT;
    }

    @Override
    public Uni<List<FlowStep>> due(int part, int max, Duration patience, Duration longest) {
        FlowKeys keys = new FlowKeys(part);
        List<String> args = List.of(keys.prefix(), Integer.toString(max), millis(patience), millis(longest));
        return calls.run(Script.FLOW_DUE, List.of(keys.todo(), keys.over(), keys.next(), keys.all()), args)
                .map(answer -> steps(answer, 0));
    }

    @Override
    public Uni<FlowPage> list(FlowQuery query) {
        String most = Integer.toString(MergedPage.ofEach(query.limit()));
        String created = query.cursor()
                .map(FlowCursor::createdMs)
                .map(ms -> Long.toString(ms))
                .orElse("");
        String id = query.cursor().map(FlowCursor::id).orElse("");
        String state = query.state().map(FlowState::wireName).orElse("");
        return BucketAnswers.of(bucket -> {
                    FlowKeys keys = new FlowKeys(bucket);
                    return calls.run(
                            Script.FLOW_LIST, List.of(keys.all()), List.of(keys.prefix(), most, created, id, state));
                })
                .map(answers -> FlowPage.merged(
                        answers.stream().map(FlowCodec::page).toList(),
                        query.limit(),
                        answers.size() == Buckets.COUNT));
    }

    @Override
    public Uni<Optional<FlowStatus>> find(FlowId flow) {
        return get(new FlowMember(flow, 0), "", List.of())
                .map(found -> found.map(answer -> {
                    String endedAt = answer.last().get(1).toString();
                    return new FlowStatus(
                            flow,
                            Instant.ofEpochMilli(answer.last().get(0).toLong()),
                            endedAt.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(Instant.ofEpochMilli(Long.parseLong(endedAt))),
                            answer.nodes());
                }));
    }

    @Override
    public Uni<Optional<List<FlowStatus.Node>>> parents(FlowMember member) {
        return get(member, Integer.toString(member.index()), List.of()).map(found -> found.map(Answer::nodes));
    }

    /** What was read of a flow: the last of several answers, and the jobs of all of them. */
    private record Answer(Response last, List<FlowStatus.Node> nodes) {}

    /** @param before jobs that were read already: each answer is small */
    private Uni<Optional<Answer>> get(FlowMember member, String child, List<FlowStatus.Node> before) {
        List<String> keys = List.of(FlowKeys.of(member.flow()).flow(member.flow()));
        List<String> args = List.of(child, Integer.toString(before.size()));
        return calls.run(Script.FLOW_GET, keys, args).chain(answer -> {
            if (answer.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            List<FlowStatus.Node> nodes = new ArrayList<>(before);
            nodes.addAll(nodes(member, answer));
            return answer.get(2).toInteger() == 1
                    ? get(member, child, nodes)
                    : Uni.createFrom().item(Optional.of(new Answer(answer, nodes)));
        });
    }

    private static List<String> keys(FlowId id) {
        FlowKeys keys = FlowKeys.of(id);
        return List.of(keys.flow(id), keys.todo(), keys.next(), keys.all());
    }

    private static String memberPrefix(FlowId id) {
        return FlowMember.PREFIX + id + "-";
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Of each job, who comes after it and what they say about its death: {@code 3c 4r}. */
    private static List<String> children(List<FlowNode> nodes) {
        List<StringBuilder> children =
                nodes.stream().map(node -> new StringBuilder()).toList();
        for (int i = 0; i < nodes.size(); i++) {
            OnParentDead policy = nodes.get(i).onParentDead();
            for (int parent : nodes.get(i).after()) {
                StringBuilder text = children.get(parent);
                text.append(text.isEmpty() ? "" : " ")
                        .append(i)
                        .append(policy.wireName().charAt(0));
            }
        }
        return children.stream().map(StringBuilder::toString).toList();
    }

    private static List<FlowStep> firstSteps(FlowPlan plan) {
        return IntStream.range(0, plan.nodes().size())
                .mapToObj(i -> {
                    FlowNode node = plan.nodes().get(i);
                    FlowStep.Wish wish = node.after().isEmpty() ? FlowStep.Wish.RUN : FlowStep.Wish.WAIT;
                    return new FlowStep(new FlowMember(plan.id(), i), node.queue(), wish, node.start(), node.spec());
                })
                .toList();
    }

    private static List<FlowStep> steps(Response answer, int from) {
        return IntStream.range(from, answer.size())
                .mapToObj(i -> FlowCodec.step(answer.get(i)))
                .toList();
    }

    private static List<FlowStatus.Node> nodes(FlowMember member, Response answer) {
        return IntStream.range(3, answer.size())
                .mapToObj(i -> FlowCodec.node(member, answer.get(i)))
                .toList();
    }
}
