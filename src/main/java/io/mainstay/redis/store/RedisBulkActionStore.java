package io.mainstay.redis.store;

import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.bulk.JobFilter;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link BulkActionStore} in Redis. */
final class RedisBulkActionStore implements BulkActionStore {

    private final RedisCalls calls;
    private final RememberedIds ids;

    RedisBulkActionStore(RedisCalls calls, RememberedIds ids) {
        this.calls = calls;
        this.ids = ids;
    }

    @Override
    public Uni<BulkChanges> change(QueueName queue, BulkActionRequest request) {
        RedisKeys keys = new RedisKeys(queue);
        JobState state = request.page().state();
        List<String> changed = new ArrayList<>(List.of(keys.state(state), keys.bulkReceipts()));
        List<String> args = arguments(keys, request);
        switch (request.action()) {
            case CANCEL -> {
                changed.addAll(List.of(
                        keys.meta(),
                        keys.state(JobState.READY),
                        keys.state(JobState.SCHEDULED),
                        keys.state(JobState.RUNNING),
                        keys.state(JobState.CANCELLED)));
                args.addAll(List.of(RedisKeys.WAKE_CHANNEL, queue.value()));
                return run(Script.BULK_CANCEL, changed, args, queue, JobState.CANCELLED);
            }
            case REQUEUE -> {
                changed.addAll(List.of(
                        keys.meta(),
                        keys.state(JobState.READY),
                        keys.state(JobState.DEAD),
                        keys.state(JobState.CANCELLED)));
                args.addAll(List.of(RedisKeys.WAKE_CHANNEL, queue.value(), keys.uniquePrefix()));
                return run(Script.BULK_REQUEUE, changed, args, queue, JobState.READY);
            }
            case DELETE -> {
                changed.add(keys.meta());
                args.addAll(List.of(
                        keys.corruptPrefix(), keys.uniquePrefix(), ids.minAgeMs(), ids.repeatableMs(), ids.most()));
                return run(Script.BULK_DELETE, changed, args, queue, null);
            }
        }
        throw new IllegalStateException("no script for " + request.action());
    }

    private static List<String> arguments(RedisKeys keys, BulkActionRequest request) {
        JobFilter filter = request.filter();
        Optional<PageCursor> cursor = request.page().cursor().map(PageCursor::parse);
        return new ArrayList<>(List.of(
                keys.jobPrefix(),
                request.token(),
                request.page().state().wireName(),
                request.page().state().ended() ? "-1" : "1",
                Integer.toString(request.page().limit()),
                cursor.map(PageCursor::score).orElse(""),
                cursor.map(PageCursor::id).orElse(""),
                filter.handler().map(HandlerName::value).orElse(""),
                filter.errorType().orElse(""),
                filter.enqueuedFrom()
                        .map(RedisBulkActionStore::firstMillisecond)
                        .orElse(""),
                filter.enqueuedBefore()
                        .map(RedisBulkActionStore::firstMillisecond)
                        .orElse("")));
    }

    /** Redis keeps milliseconds: what is between two of them begins with the next. */
    private static String firstMillisecond(Instant time) {
        long ms = time.toEpochMilli();
        return Long.toString(Instant.ofEpochMilli(ms).isBefore(time) ? ms + 1 : ms);
    }

    /** @param became null if the jobs are gone */
    private Uni<BulkChanges> run(
            Script script, List<String> keys, List<String> args, QueueName queue, JobState became) {
        return calls.run(script, keys, args).map(answer -> read(queue, became, answer));
    }

    private static BulkChanges read(QueueName queue, JobState became, Response answer) {
        String score = answer.get(0).toString();
        Optional<String> next = score.isEmpty()
                ? Optional.empty()
                : Optional.of(new PageCursor(score, answer.get(1).toString()).text());
        List<StateChange> changes = new ArrayList<>();
        Instant now = Instant.ofEpochMilli(answer.get(2).toLong());
        for (int i = 4; became != null && i < answer.size(); i += 3) {
            changes.add(new StateChange(
                    queue,
                    new JobId(answer.get(i).toString()),
                    new HandlerName(answer.get(i + 1).toString()),
                    became,
                    became == JobState.READY ? 0 : answer.get(i + 2).toInteger(),
                    now));
        }
        return new BulkChanges(answer.get(3).toInteger(), changes, next);
    }
}
