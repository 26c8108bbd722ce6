package io.mainstay.flow;

import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One flow of the in-memory store. Not thread-safe. */
final class TwinFlow {

    final FlowPlan plan;
    final Instant createdAt;
    final List<Node> nodes;
    Instant endedAt;
    Instant keptUntil;

    /** One of its jobs. */
    static final class Node {

        final FlowMember member;
        final FlowNode asked;
        /** Parents that need not be waited for any more. */
        final Set<Integer> satisfied = new HashSet<>();

        FlowStatus.Phase phase;
        FlowStep.Wish wish;
        /** Whether nobody has reported yet that the job is as wished. */
        boolean owed = true;

        Instant lookAt;
        int turn;
        Json result;
        boolean resultLeftOut;

        Node(FlowMember member, FlowNode asked, Instant lookAt) {
            this.member = member;
            this.asked = asked;
            this.lookAt = lookAt;
            boolean waits = !asked.after().isEmpty();
            this.phase = waits ? FlowStatus.Phase.BLOCKED : FlowStatus.Phase.ACTIVE;
            this.wish = waits ? FlowStep.Wish.WAIT : FlowStep.Wish.RUN;
        }

        FlowStatus.Node view(boolean withResult) {
            return new FlowStatus.Node(
                    asked.name(),
                    asked.queue(),
                    member,
                    asked.after(),
                    asked.onParentDead(),
                    phase,
                    withResult ? Optional.ofNullable(result) : Optional.empty(),
                    withResult && resultLeftOut);
        }
    }

    FlowSummary summary() {
        return new FlowSummary(
                plan.id(),
                createdAt,
                Optional.ofNullable(endedAt),
                nodes.size(),
                (int) nodes.stream().filter(node -> !node.phase.ended()).count(),
                (int) nodes.stream()
                        .filter(node -> node.phase.ended() && node.phase != FlowStatus.Phase.SUCCEEDED)
                        .count(),
                nodes.stream().map(node -> node.asked.queue()).collect(Collectors.toSet()));
    }

    TwinFlow(FlowPlan plan, Instant now, Instant lookAt) {
        this.plan = plan;
        this.createdAt = now;
        this.nodes = IntStream.range(0, plan.nodes().size())
                .mapToObj(
                        i -> new Node(new FlowMember(plan.id(), i), plan.nodes().get(i), lookAt))
                .toList();
    }

    FlowStep step(Node node) {
        FlowNode asked = node.asked;
        return new FlowStep(node.member, asked.queue(), node.wish, asked.start(), asked.spec());
    }

    FlowStatus status() {
        return new FlowStatus(
                plan.id(),
                createdAt,
                Optional.ofNullable(endedAt),
                nodes.stream().map(node -> node.view(false)).toList());
    }

    List<FlowStep> report(FlowReport report, Instant now, FlowStore.Limits limits) {
        Node node = nodes.get(report.member().index());
        if (report.state().ended()) {
            ended(node, report, now, limits);
            return nodes.stream()
                    .filter(child -> child.owed && child.asked.after().contains(node.member.index()))
                    .map(this::step)
                    .toList();
        }
        goesOn(node, report, now.plus(limits.recheck()));
        return node.owed ? List.of(step(node)) : List.of();
    }

    /** Whether it has just ended. */
    boolean checkEnd(Instant now, Duration kept) {
        boolean over = nodes.stream().allMatch(node -> node.phase.ended());
        if (over && endedAt == null) {
            endedAt = now;
            keptUntil = now.plus(kept);
            return true;
        } else if (!over) {
            endedAt = null;
        }
        return false;
    }

    List<QueueName> queues() {
        return plan.nodes().stream().map(FlowNode::queue).toList();
    }

    /** How many of its jobs succeeded, died and were cancelled. */
    long[] ends() {
        return Stream.of(FlowStatus.Phase.SUCCEEDED, FlowStatus.Phase.DEAD, FlowStatus.Phase.CANCELLED)
                .mapToLong(phase ->
                        nodes.stream().filter(node -> node.phase == phase).count())
                .toArray();
    }

    private void ended(Node node, FlowReport report, Instant now, FlowStore.Limits limits) {
        if (node.phase == FlowStatus.Phase.SUCCEEDED || node.phase.ended() && report.turn() <= node.turn) {
            return;
        }
        node.phase = FlowStatus.Phase.of(report.state());
        node.turn = report.turn();
        node.owed = false;
        report.result().ifPresent(result -> {
            node.resultLeftOut = result.bytes() > limits.maxResult();
            node.result = node.resultLeftOut ? null : result;
        });
        boolean succeeded = report.state() == JobState.SUCCEEDED;
        for (Node child : nodes) {
            if (child.asked.after().contains(node.member.index())) {
                OnParentDead policy = child.asked.onParentDead();
                if (succeeded || policy == OnParentDead.RUN) {
                    child.satisfied.add(node.member.index());
                    if (child.satisfied.size() == child.asked.after().size()) {
                        decide(child, FlowStep.Wish.RUN, now.plus(limits.patience()));
                    }
                } else if (policy == OnParentDead.CANCEL) {
                    decide(child, FlowStep.Wish.CANCEL, now.plus(limits.patience()));
                }
            }
        }
    }

    private static void decide(Node child, FlowStep.Wish wish, Instant lookAt) {
        if (child.phase == FlowStatus.Phase.BLOCKED && child.wish == FlowStep.Wish.WAIT) {
            child.wish = wish;
            child.phase = wish == FlowStep.Wish.RUN ? FlowStatus.Phase.ACTIVE : FlowStatus.Phase.BLOCKED;
            child.owed = true;
            child.lookAt = lookAt;
        }
    }

    private static void goesOn(Node node, FlowReport report, Instant lookAt) {
        if (node.phase.ended()) {
            if (node.phase != FlowStatus.Phase.SUCCEEDED && report.turn() > node.turn) {
                node.turn = report.turn();
                runs(node, lookAt);
            }
        } else if (report.state() != JobState.BLOCKED) {
            runs(node, lookAt);
        } else if (node.wish == FlowStep.Wish.WAIT) {
            node.owed = false;
            node.lookAt = lookAt;
        }
    }

    private static void runs(Node node, Instant lookAt) {
        node.phase = FlowStatus.Phase.ACTIVE;
        node.wish = FlowStep.Wish.RUN;
        node.owed = false;
        node.lookAt = lookAt;
    }
}
