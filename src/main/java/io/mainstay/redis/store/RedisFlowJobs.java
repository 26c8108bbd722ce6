package io.mainstay.redis.store;

import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.Placed;
import io.mainstay.job.FlowMember;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** {@link FlowJobs} in Redis. */
final class RedisFlowJobs implements FlowJobs {

    private static final Logger LOG = Logger.getLogger(RedisFlowJobs.class);
    private static final int CREATED = 1;

    private final RedisCalls calls;

    RedisFlowJobs(RedisCalls calls) {
        this.calls = calls;
    }

    /** In calls that are small enough, and as often as it takes until there is an answer for each. */
    @Override
    public Uni<List<Placed>> place(QueueName queue, List<FlowStep> steps) {
        if (steps.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<FlowStep> some =
                CallSize.split(steps, steps.size(), RedisFlowJobs::bytes).get(0);
        return placeSome(queue, some)
                .chain(placed -> placed.size() == steps.size()
                        ? Uni.createFrom().item(placed)
                        : place(queue, steps.subList(placed.size(), steps.size()))
                                .map(others -> Stream.concat(placed.stream(), others.stream())
                                        .toList()));
    }

    private static long bytes(FlowStep step) {
        return step.spec().payload().bytes();
    }

    private Uni<List<Placed>> placeSome(QueueName queue, List<FlowStep> steps) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(3 + 5 * steps.size());
        args.add(keys.jobPrefix());
        args.add(RedisKeys.WAKE_CHANNEL);
        args.add(queue.value());
        for (FlowStep step : steps) {
            args.add(step.member().job().value());
            args.add(step.wish().wireName());
            args.add(FlowCodec.start(step.start()));
            args.add(SpecText.write(step.spec()));
            args.add(step.spec().payload().text());
        }
        List<String> changed = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.CANCELLED),
                keys.state(JobState.BLOCKED));
        return calls.run(Script.FLOW_PLACE, changed, args).map(answer -> IntStream.range(0, answer.size())
                .mapToObj(i -> placed(queue, steps.get(i).member(), answer.get(i)))
                .toList());
    }

    @Override
    public Uni<Optional<FlowReport>> handover(QueueName queue, JobId id) {
        return handovers(queue, id.value(), Duration.ZERO, 1)
                .map(reports -> reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(0)));
    }

    @Override
    public Uni<List<FlowReport>> handovers(QueueName queue, Duration olderThan, int max) {
        return handovers(queue, "", olderThan, max);
    }

    @Override
    public Uni<Void> handedOver(QueueName queue, List<FlowReport> reports) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(1 + 2 * reports.size());
        args.add(keys.jobPrefix());
        for (FlowReport report : reports) {
            args.add(report.member().job().value());
            args.add(Integer.toString(report.turn()));
        }
        return calls.run(Script.HANDOVER_DONE, List.of(keys.handover()), args).replaceWithVoid();
    }

    private Uni<List<FlowReport>> handovers(QueueName queue, String only, Duration olderThan, int max) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(keys.jobPrefix(), only, Long.toString(olderThan.toMillis()), Integer.toString(max));
        return calls.run(Script.HANDOVER, List.of(keys.handover()), args)
                .map(answer ->
                        answer.stream().flatMap(job -> readable(job).stream()).toList());
    }

    /** One that somebody else spoiled must not hold up the others. */
    private static Optional<FlowReport> readable(Response job) {
        try {
            return Optional.of(FlowCodec.report(FlowCodec.member(job.get(0)), job.get(1), job.get(2), job.get(3)));
        } catch (RuntimeException e) {
            LOG.warnf(e, "The change of flow job %s cannot be read and is left in place", job.get(0));
            return Optional.empty();
        }
    }

    private static Placed placed(QueueName queue, FlowMember member, Response answer) {
        FlowReport report = FlowCodec.report(member, answer.get(1), answer.get(2), answer.get(3));
        Optional<Job> changed = answer.size() > 4
                ? Optional.of(JobCodec.read(queue, member.job(), answer.get(4), answer.get(5)))
                : Optional.empty();
        return new Placed(report, answer.get(0).toInteger() == CREATED, changed);
    }
}
