package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.History;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.ShardProbe;
import io.mainstay.redis.filter.FilterText;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** {@link JobStore} in Redis. */
final class RedisJobStore implements JobStore {

    private static final Logger LOG = Logger.getLogger(RedisJobStore.class);
    private final RedisCalls calls;
    private final ShardProbe shards;
    private final Enqueuer enqueuer;
    private final RedisQueues queues;
    private final RedisJobChanges changes;

    RedisJobStore(RedisCalls calls, ShardProbe shards, Enqueuer enqueuer, RedisQueues queues) {
        this.calls = calls;
        this.shards = shards;
        this.enqueuer = enqueuer;
        this.queues = queues;
        this.changes = new RedisJobChanges(calls);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return enqueue(job, Admission.NONE);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return enqueuer.enqueue(job, admission);
    }

    @Override
    public Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return read(queue, id, "").map(found -> found.map(job -> JobCodec.read(queue, id, job.get(0), job.get(1))));
    }

    @Override
    public Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return calls.run(LinkKind.READS, Command.HGET, new RedisKeys(queue).job(id), JobField.STATE.wireName())
                .map(state -> Optional.ofNullable(state).map(name -> JobState.ofWireName("state", name.toString())));
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix()));
        ids.forEach(id -> args.add(id.value()));
        return calls.run(Script.STATES, List.of(keys.job(ids.get(0))), args).map(answer -> readStates(ids, answer));
    }

    @Override
    public Uni<Optional<History>> history(QueueName queue, JobId id) {
        return read(queue, id, "1")
                .map(found -> found.map(job -> {
                    Optional<String> worker =
                            Optional.ofNullable(job.get(2)).flatMap(token -> Lease.holder(token.toString()));
                    Optional<History.Stack> stack =
                            Optional.ofNullable(job.get(3)).map(JobCodec::stack);
                    return new History(JobCodec.read(queue, id, job.get(0), job.get(1)), worker, stack);
                }));
    }

    /** Its payload, its fields, the token of its latest claim, and perhaps its stack. */
    private Uni<Optional<Response>> read(QueueName queue, JobId id, String withStack) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(Script.FIND, List.of(keys.job(id)), List.of(keys.jobPrefix(), id.value(), withStack))
                .map(answer -> answer.size() == 0 ? Optional.empty() : Optional.of(answer));
    }

    @Override
    public Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id) {
        return calls.run(LinkKind.READS, Command.HMGET, new RedisKeys(queue).job(id), JobField.STATE.wireName(), "log")
                .map(fields -> fields.get(0) == null
                        ? Optional.empty()
                        : Optional.of(
                                fields.get(1) == null
                                        ? List.of()
                                        : NoteText.log(fields.get(1).toString())));
    }

    @Override
    public Uni<Optional<Explanation>> explain(QueueName queue, JobId id) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> read =
                List.of(keys.job(id), keys.meta(), keys.state(JobState.READY), keys.state(JobState.RUNNING));
        return calls.run(Script.EXPLAIN, read, List.of(id.value()))
                .map(answer -> ExplanationText.read(queue, id, answer));
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        RedisKeys keys = new RedisKeys(queue);
        Optional<PageCursor> cursor = page.cursor().map(PageCursor::parse);
        List<String> args = new ArrayList<>(List.of(
                keys.jobPrefix(),
                page.state().ended() ? "-1" : "1",
                Integer.toString(page.limit()),
                cursor.map(PageCursor::score).orElse(""),
                cursor.map(PageCursor::id).orElse(""),
                Integer.toString(MOST_PAGE_BYTES),
                parts.contains(JobPart.PAYLOAD) ? "1" : "",
                parts.contains(JobPart.RESULT) ? "1" : "",
                Integer.toString(page.lookAt()),
                page.filter().isAll() ? "" : "1"));
        args.addAll(FilterText.of(page.filter()));
        return calls.run(Script.LIST, List.of(keys.state(page.state())), args)
                .map(answer -> readPage(queue, answer, parts));
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        return changes.cancel(queue, id);
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return changes.requeue(queue, id, request);
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return changes.reschedule(queue, id, change, request);
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return shards.silent(Buckets.NEXT, within);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> asked) {
        return queues.figures(asked);
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return queues.setPaused(queue, paused);
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return queues.setPaused(queue, handler, paused);
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return queues.changeLimits(queue, patch);
    }

    private static Map<JobId, JobState> readStates(List<JobId> ids, Response names) {
        Map<JobId, JobState> states = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            String name = names.get(i).toString();
            JobId id = ids.get(i);
            Stream.of(JobState.values())
                    .filter(state -> state.wireName().equals(name))
                    .forEach(state -> states.put(id, state));
        }
        return states;
    }

    private static JobPage readPage(QueueName queue, Response answer, Set<JobPart> parts) {
        List<Job> jobs = new ArrayList<>(answer.size());
        List<JobPage.Position> positions = new ArrayList<>(answer.size());
        answer.stream().skip(2).forEach(entry -> readListed(queue, entry, parts).ifPresent(job -> {
            jobs.add(job);
            positions.add(PageCursor.position(entry.get(5), entry.get(0)));
        }));
        Optional<JobPage.Position> end = answer.get(0).toString().isEmpty()
                ? Optional.empty()
                : Optional.of(PageCursor.position(answer.get(0), answer.get(1)));
        return new JobPage(jobs, positions, end);
    }

    private static Optional<Job> readListed(QueueName queue, Response entry, Set<JobPart> parts) {
        try {
            return Optional.of(JobCodec.listed(queue, entry, parts));
        } catch (JobCodec.UnreadableJobException e) {
            LOG.warnf("Left out of a page: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
