package io.mainstay.redis;

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
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** {@link JobStore} in Redis. */
@Singleton
class RedisJobStore implements JobStore {

    private static final Logger LOG = Logger.getLogger(RedisJobStore.class);
    /** The order figures.lua counts in. */
    private static final List<JobState> COUNTED = List.of(
            JobState.READY,
            JobState.SCHEDULED,
            JobState.RUNNING,
            JobState.SUCCEEDED,
            JobState.DEAD,
            JobState.CANCELLED,
            JobState.BLOCKED);

    /** Place among the limits that a queue's figures bring. */
    private static final int PAUSED_HANDLERS = 5;

    private static final int FORGOTTEN = 6;

    private final RedisCalls calls;
    private final Enqueuer enqueuer;
    private final QueueRegistry registry;
    private final long maxWaiting;

    RedisJobStore(RedisCalls calls, Enqueuer enqueuer, QueueRegistry registry, JobsConfig config) {
        this.calls = calls;
        this.enqueuer = enqueuer;
        this.registry = registry;
        this.maxWaiting = config.maxWaiting();
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return enqueuer.enqueue(job);
    }

    @Override
    public Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return read(queue, id).map(found -> found.map(job -> JobCodec.read(queue, id, job.get(0), job.get(1))));
    }

    @Override
    public Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return calls.run(LinkKind.READS, Command.HGET, new RedisKeys(queue).job(id), JobField.STATE.wireName())
                .map(state -> Optional.ofNullable(state).map(name -> JobState.ofWireName("state", name.toString())));
    }

    @Override
    public Uni<Optional<History>> history(QueueName queue, JobId id) {
        return read(queue, id)
                .map(found -> found.map(job -> {
                    Response token = job.get(2);
                    Optional<String> worker = token == null ? Optional.empty() : Lease.holder(token.toString());
                    return new History(JobCodec.read(queue, id, job.get(0), job.get(1)), worker);
                }));
    }

    /** Its payload, its fields, and the token of its latest claim. */
    private Uni<Optional<Response>> read(QueueName queue, JobId id) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(Script.FIND, List.of(keys.job(id)), List.of(keys.jobPrefix(), id.value()))
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
        List<String> args = List.of(
                keys.jobPrefix(),
                page.state().ended() ? "-1" : "1",
                Integer.toString(page.limit()),
                cursor.map(PageCursor::score).orElse(""),
                cursor.map(PageCursor::id).orElse(""),
                Integer.toString(MOST_PAGE_BYTES),
                parts.contains(JobPart.PAYLOAD) ? "1" : "",
                parts.contains(JobPart.RESULT) ? "1" : "");
        return calls.run(Script.LIST, List.of(keys.state(page.state())), args)
                .map(answer -> readPage(queue, answer, parts));
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
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
        return calls.run(Script.CANCEL, changed, args).map(answer -> readChange(queue, id, answer));
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> changed = new ArrayList<>(List.of(
                keys.job(id),
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.DEAD),
                keys.state(JobState.CANCELLED)));
        changed.addAll(registry.declared(queue));
        List<String> args = List.of(
                id.value(), request, RedisKeys.WAKE_CHANNEL, queue.value(), keys.jobPrefix(), keys.uniquePrefix());
        return calls.run(Script.REQUEUE, changed, args)
                .map(answer -> readChange(queue, id, answer))
                .invoke(change -> seen(queue, change instanceof Change.Applied));
    }

    @Override
    public Uni<Set<QueueName>> queues() {
        return registry.queues();
    }

    @Override
    public Uni<Set<QueueName>> reach() {
        return Uni.combine().all().unis(registry.queues(), calls.reach()).with((queues, reached) -> queues);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        return Multi.createFrom()
                .iterable(queues)
                .onItem()
                .transformToUniAndConcatenate(this::figures)
                .collect()
                .asList();
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        RedisKeys keys = new RedisKeys(queue);
        Uni<Response> set = calls.run(
                Script.PAUSE, List.of(keys.meta(), keys.state(JobState.RUNNING)), List.of(paused ? "1" : "0"));
        Uni<Response> done = paused ? set : set.chain(() -> calls.publish(RedisKeys.WAKE_CHANNEL, queue.value()));
        return done.replaceWithVoid();
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args =
                List.of(handler.value(), paused ? "1" : "0", Integer.toString(MOST_PAUSED_HANDLERS), keys.jobPrefix());
        Uni<Boolean> set = calls.run(Script.PAUSE_HANDLER, List.of(keys.meta(), keys.state(JobState.RUNNING)), args)
                .map(answer -> answer.toInteger() == 1);
        return paused ? set : set.call(() -> calls.publish(RedisKeys.WAKE_CHANNEL, queue.value()));
    }

    @Override
    public Uni<Void> setLimits(QueueName queue, QueueLimits limits) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value()));
        args.addAll(LimitsText.write(limits));
        return calls.run(Script.LIMIT, List.of(keys.meta()), args).replaceWithVoid();
    }

    private Uni<QueueFigures> figures(QueueName queue) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> counted = new ArrayList<>(List.of(keys.meta()));
        COUNTED.forEach(state -> counted.add(keys.state(state)));
        return calls.run(Script.FIGURES, counted, List.of(keys.jobPrefix()))
                .map(answer -> readFigures(queue, answer))
                .invoke(figures ->
                        seen(queue, figures.counts().values().stream().anyMatch(count -> count > 0)));
    }

    /** @param any whether there is something in it */
    private void seen(QueueName queue, boolean any) {
        if (any) {
            registry.seen(queue);
        }
    }

    private QueueFigures readFigures(QueueName queue, Response answer) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (int i = 0; i < COUNTED.size(); i++) {
            counts.put(COUNTED.get(i), answer.get(i + 3).toLong());
        }
        long oldestMs = answer.get(1).toLong();
        Optional<Duration> oldest = oldestMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(oldestMs));
        Response limits = answer.get(2);
        return new QueueFigures(
                queue,
                answer.get(0).toInteger() == 1,
                handlers(limits.get(PAUSED_HANDLERS)),
                counts,
                oldest,
                limits.get(FORGOTTEN) == null ? 0 : limits.get(FORGOTTEN).toLong(),
                LimitsText.read(limits, maxWaiting));
    }

    private static Set<HandlerName> handlers(Response names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.toString().strip().split(" "))
                        .map(HandlerName::new)
                        .collect(Collectors.toSet());
    }

    private static JobPage readPage(QueueName queue, Response answer, Set<JobPart> parts) {
        int last = answer.size() - 1;
        List<Job> jobs = new ArrayList<>(last);
        for (int i = 1; i <= last; i++) {
            readListed(queue, answer.get(i), parts).ifPresent(jobs::add);
        }
        String score = answer.get(0).toString();
        return new JobPage(
                jobs,
                score.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new PageCursor(score, answer.get(last).get(0).toString()).text()));
    }

    private static Optional<Job> readListed(QueueName queue, Response entry, Set<JobPart> parts) {
        try {
            return Optional.of(JobCodec.listed(queue, entry, parts));
        } catch (UnreadableJobException e) {
            LOG.warnf("Left out of a page: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Change readChange(QueueName queue, JobId id, Response answer) {
        return switch (Objects.toString(answer.get(0))) {
            case "applied" -> new Change.Applied(JobCodec.read(queue, id, answer.get(1), answer.get(2)));
            case "refused" ->
                new Change.NotAllowed(JobState.ofWireName("state", answer.get(1).toString()));
            case "taken" ->
                new Change.KeyTaken(
                        new JobId(answer.get(1).toString()),
                        JobState.ofWireName("state", answer.get(2).toString()));
            case "missing" -> new Change.NotFound();
            default -> throw new IllegalStateException("unexpected answer of a script: " + answer.get(0));
        };
    }
}
