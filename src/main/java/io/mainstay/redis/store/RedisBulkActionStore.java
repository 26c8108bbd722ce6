package io.mainstay.redis.store;

import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.bulk.Spread;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.filter.FilterText;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** {@link BulkActionStore} in Redis. */
final class RedisBulkActionStore implements BulkActionStore {

    private final RedisCalls calls;
    private final RememberedIds ids;

    RedisBulkActionStore(RedisCalls calls, RememberedIds ids) {
        this.calls = calls;
        this.ids = ids;
    }

    @Override
    public Uni<BulkChanges> count(QueueName queue, BulkActionRequest request) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(
                        Script.BULK_COUNT,
                        List.of(keys.state(request.page().state()), keys.bulkReceipts()),
                        arguments(keys, request))
                .map(answer -> new BulkChanges(answer.get(2).toInteger(), List.of(), next(answer)));
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
                        keys.state(JobState.CANCELLED),
                        keys.state(JobState.SCHEDULED)));
                args.addAll(List.of(RedisKeys.WAKE_CHANNEL, queue.value(), keys.uniquePrefix(), keys.corruptPrefix()));
                args.addAll(spread(request));
                return calls.run(Script.BULK_REQUEUE, changed, args)
                        .map(answer -> requeued(queue, request.spread(), answer));
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
        Optional<PageCursor> cursor = request.page().cursor().map(PageCursor::parse);
        List<String> args = new ArrayList<>(List.of(
                keys.jobPrefix(),
                request.token(),
                request.page().state().wireName(),
                request.page().state().ended() ? "-1" : "1",
                Integer.toString(request.page().limit()),
                cursor.map(PageCursor::score).orElse(""),
                cursor.map(PageCursor::id).orElse("")));
        args.addAll(FilterText.of(request.filter()));
        return args;
    }

    /** Of each job's time behind the one before it in ms, and that of the first; both empty for all now. */
    private static List<String> spread(BulkActionRequest request) {
        return request.spread()
                .map(spread -> List.of(
                        Double.toString(spread.everyMs()),
                        spread.first()
                                .map(first -> Long.toString(first.toEpochMilli()))
                                .orElse("")))
                .orElse(List.of("", ""));
    }

    /** @param became null if the jobs are gone */
    private Uni<BulkChanges> run(
            Script script, List<String> keys, List<String> args, QueueName queue, JobState became) {
        return calls.run(script, keys, args)
                .map(answer -> new BulkChanges(
                        answer.get(3).toInteger(),
                        became == null ? List.of() : changes(queue, answer, i -> became),
                        next(answer)));
    }

    private static BulkChanges requeued(QueueName queue, Optional<Spread> spread, Response answer) {
        Instant now = now(answer);
        int count = answer.get(3).toInteger();
        IntFunction<JobState> became =
                i -> spread.filter(some -> some.dueOf(i, now).isAfter(now)).isPresent()
                        ? JobState.SCHEDULED
                        : JobState.READY;
        return new BulkChanges(
                count, changes(queue, answer, became), next(answer), spread.map(some -> some.dueOf(count, now)));
    }

    private static Optional<String> next(Response answer) {
        String score = answer.get(0).toString();
        return score.isEmpty()
                ? Optional.empty()
                : Optional.of(new PageCursor(score, answer.get(1).toString()).text());
    }

    private static Instant now(Response answer) {
        return Instant.ofEpochMilli(answer.get(2).toLong());
    }

    private static List<StateChange> changes(QueueName queue, Response answer, IntFunction<JobState> became) {
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; 3 * i + 4 < answer.size(); i++) {
            int at = 3 * i + 4;
            JobState state = became.apply(i);
            changes.add(new StateChange(
                    queue,
                    new JobId(answer.get(at).toString()),
                    new HandlerName(answer.get(at + 1).toString()),
                    state,
                    state == JobState.CANCELLED ? answer.get(at + 2).toInteger() : 0,
                    now(answer)));
        }
        return changes;
    }
}
