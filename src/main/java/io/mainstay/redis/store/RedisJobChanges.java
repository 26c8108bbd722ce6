package io.mainstay.redis.store;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Change;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;

/** What people ask of one job. */
final class RedisJobChanges {

    private final RedisCalls calls;

    RedisJobChanges(RedisCalls calls) {
        this.calls = calls;
    }

    Uni<Change> cancel(QueueName queue, JobId id) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> changed = List.of(
                keys.job(id),
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.RUNNING),
                keys.state(JobState.CANCELLED),
                keys.state(JobState.BLOCKED));
        List<String> args = List.of(id.value(), RedisKeys.WAKE_CHANNEL, queue.value());
        return calls.run(Script.CANCEL, changed, args).map(answer -> read(queue, id, answer));
    }

    Uni<Change> requeue(QueueName queue, JobId id, String request) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> changed = List.of(
                keys.job(id),
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.DEAD),
                keys.state(JobState.CANCELLED));
        List<String> args = List.of(
                id.value(), request, RedisKeys.WAKE_CHANNEL, queue.value(), keys.jobPrefix(), keys.uniquePrefix());
        return calls.run(Script.REQUEUE, changed, args).map(answer -> read(queue, id, answer));
    }

    Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> changed = List.of(
                keys.job(id),
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.DEAD));
        List<String> args = List.of(
                id.value(),
                request,
                RedisKeys.WAKE_CHANNEL,
                queue.value(),
                keys.jobPrefix(),
                keys.corruptPrefix(),
                change.priority().isPresent()
                        ? Integer.toString(change.priority().getAsInt())
                        : "",
                change.start().map(FlowCodec::start).orElse(""));
        return calls.run(Script.RESCHEDULE, changed, args).map(answer -> read(queue, id, answer));
    }

    private static Change read(QueueName queue, JobId id, Response answer) {
        return switch (Objects.toString(answer.get(0))) {
            case "applied" -> new Change.Applied(JobCodec.read(queue, id, answer.get(1), answer.get(2)));
            case "refused" ->
                new Change.NotAllowed(JobState.ofWireName("state", answer.get(1).toString()));
            case "ordered" -> new Change.Ordered();
            case "taken" ->
                new Change.KeyTaken(
                        new JobId(answer.get(1).toString()),
                        JobState.ofWireName("state", answer.get(2).toString()));
            case "missing" -> new Change.NotFound();
            default -> throw new IllegalStateException("unexpected answer of a script: " + answer.get(0));
        };
    }
}
