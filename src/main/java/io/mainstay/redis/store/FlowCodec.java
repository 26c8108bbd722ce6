package io.mainstay.redis.store;

import io.mainstay.flow.FlowCursor;
import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPage;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStatus;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowSummary;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Flows to and from what Redis holds. */
final class FlowCodec {

    private static final char RESULT = 'r';
    private static final String LEFT_OUT = "l";

    private FlowCodec() {}

    /** Queue, what the death of a parent means, name. */
    static String definition(FlowNode node) {
        return node.queue() + " " + node.onParentDead().wireName() + " " + node.name();
    }

    /** All that is needed to make the job. */
    static String job(FlowNode node) {
        return start(node.start()) + " " + SpecText.writeWithPayload(node.spec());
    }

    static String parents(FlowNode node) {
        return node.after().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    static String start(StartTime start) {
        if (start instanceof StartTime.At at) {
            return Long.toString(Math.max(0, at.time().toEpochMilli()));
        }
        return "+" + ((StartTime.After) start).delay().toMillis();
    }

    /** @param answer id, wish, definition, start and spec */
    static FlowStep step(Response answer) {
        String[] job = answer.get(3).toString().split(" ", 2);
        String queue = answer.get(2).toString().split(" ", 2)[0];
        return new FlowStep(
                member(answer.get(0)),
                new QueueName(queue),
                FlowStep.Wish.ofWireName(answer.get(1).toString()),
                startOf(job[0]),
                SpecText.readWithPayload(job[1]));
    }

    /** @param state, turn, result as a script answers them; no result is empty text */
    static FlowReport report(FlowMember member, Response state, Response turn, Response result) {
        String text = result.toString();
        return new FlowReport(
                member,
                JobState.ofWireName("state", state.toString()),
                turn.toInteger(),
                text.isEmpty() ? Optional.empty() : Optional.of(new Json(text)));
    }

    static FlowMember member(Response id) {
        return FlowMember.of(new JobId(id.toString()))
                .orElseThrow(() -> new IllegalStateException("no id of a job in a flow: " + id));
    }

    static String result(Optional<Json> result, long maxBytes) {
        if (result.isEmpty()) {
            return "";
        }
        return result.get().bytes() > maxBytes
                ? LEFT_OUT
                : RESULT + result.get().text();
    }

    /** @param answer index, definition, parents, what is known, result */
    static FlowStatus.Node node(FlowMember child, Response answer) {
        String[] definition = answer.get(1).toString().split(" ", 3);
        String result = answer.get(4).toString();
        return new FlowStatus.Node(
                definition[2],
                new QueueName(definition[0]),
                new FlowMember(child.flow(), answer.get(0).toInteger()),
                places(answer.get(2).toString()),
                OnParentDead.ofWireName(definition[1]),
                phase(answer.get(3).toString()),
                result.isEmpty() || result.charAt(0) != RESULT
                        ? Optional.empty()
                        : Optional.of(new Json(result.substring(1))),
                result.equals(LEFT_OUT));
    }

    /** @param answer of {@code flow_list.lua} */
    static FlowPage page(Response answer) {
        List<FlowSummary> flows =
                answer.stream().skip(2).map(FlowCodec::summary).toList();
        String end = answer.get(1).toString();
        return new FlowPage(
                flows,
                end.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new FlowCursor(
                                (long) Double.parseDouble(answer.get(0).toString()), end)),
                true);
    }

    private static FlowSummary summary(Response flow) {
        String endedAt = flow.get(2).toString();
        return new FlowSummary(
                new FlowId(flow.get(0).toString()),
                Instant.ofEpochMilli(flow.get(1).toLong()),
                endedAt.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(endedAt))),
                flow.get(3).toInteger(),
                flow.get(4).toInteger(),
                flow.get(5).toInteger(),
                Arrays.stream(flow.get(6).toString().split(" "))
                        .map(QueueName::new)
                        .collect(Collectors.toSet()));
    }

    private static FlowStatus.Phase phase(String known) {
        return switch (known) {
            case "to-block", "blocked", "to-cancel" -> FlowStatus.Phase.BLOCKED;
            case "to-run", "run" -> FlowStatus.Phase.ACTIVE;
            default -> FlowStatus.Phase.of(JobState.ofWireName("state", known));
        };
    }

    private static List<Integer> places(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }

    private static StartTime startOf(String text) {
        long millis = Long.parseLong(text);
        return text.charAt(0) == '+'
                ? new StartTime.After(Duration.ofMillis(millis))
                : new StartTime.At(Instant.ofEpochMilli(millis));
    }
}
