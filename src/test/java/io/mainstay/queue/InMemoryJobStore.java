package io.mainstay.queue;

import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.due.DueInBucket;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.Placed;
import io.mainstay.hook.TwinNotices;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.scaling.QueueLoad;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The naive twin of the Redis store: the same answers from plain collections under one lock, as slow and as plain as it
 * can be. It is the oracle of the Redis store's tests and the store of everybody else's. Like the real one it acts when
 * (and each time) an answer is subscribed to.
 */
public final class InMemoryJobStore
        implements JobStore,
                QueueStore,
                BulkActionStore,
                LeaseStore,
                LoadStore,
                DueJobsStore,
                FlowJobs,
                DueStore,
                PlaceStore {

    /** As configured by default. */
    static final long MAX_WAITING = 1_000_000;

    private final Clock clock;
    private final int sweepLimit;
    private final Duration aging;
    private final Duration minAge;
    private final int maxRemembered;
    private final Map<QueueName, TwinQueue> queues = new HashMap<>();
    private final Set<QueueName> known = new TreeSet<>();
    private final TwinWakeUps wakeUps = new TwinWakeUps();
    private final TwinNotices notices = new TwinNotices();
    private int figuresRead;
    private int runs;

    /** @param clock the store's own clock; nothing happens by itself when it moves */
    public InMemoryJobStore(Clock clock) {
        this(clock, 100, Duration.ofMinutes(1));
    }

    /**
     * @param sweepLimit most jobs of each kind that one claim sweeps
     * @param aging how long a ready job waits until it has aged
     */
    public InMemoryJobStore(Clock clock, int sweepLimit, Duration aging) {
        this(clock, sweepLimit, aging, Duration.ofMinutes(10), 5_000_000);
    }

    /**
     * @param minAge how long after a job's end its id is known at least
     * @param maxRemembered of how many jobs at most that were deleted
     */
    public InMemoryJobStore(Clock clock, int sweepLimit, Duration aging, Duration minAge, int maxRemembered) {
        this.minAge = minAge;
        this.maxRemembered = maxRemembered;
        this.clock = clock;
        this.sweepLimit = sweepLimit;
        this.aging = aging;
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return enqueue(job, Admission.NONE);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return locked(() -> {
            if (!job.queue().isPrivate()) {
                known.add(job.queue());
            }
            return changed(job.queue(), (queue, now) -> queue.enqueue(job, admission, now));
        });
    }

    @Override
    public Uni<Void> close(QueueName place, long epoch) {
        return locked(() -> {
            queue(place).close(epoch);
            return null;
        });
    }

    @Override
    public Uni<Void> open(QueueName place, long epoch) {
        return locked(() -> {
            queue(place).open(epoch);
            return null;
        });
    }

    @Override
    public Uni<Void> note(QueueName queue, QueuePolicy policy) {
        return locked(() -> {
            known.add(queue);
            return null;
        });
    }

    @Override
    public Uni<Void> forget(QueueName queue) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return locked(() -> queue(queue).find(id));
    }

    @Override
    public Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return locked(() -> queue(queue).find(id).map(Job::state));
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        return locked(() -> ids.stream()
                .flatMap(id -> queue(queue).find(id).stream())
                .collect(Collectors.toMap(Job::id, Job::state)));
    }

    @Override
    public Uni<Optional<History>> history(QueueName queue, JobId id) {
        return locked(() -> queue(queue).history(id));
    }

    @Override
    public Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id) {
        return locked(() -> queue(queue).log(id));
    }

    @Override
    public Uni<Optional<Explanation>> explain(QueueName queue, JobId id) {
        return locked(() -> queue(queue).explain(id, now()));
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return locked(() -> queue(queue).list(page, parts));
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        return locked(() -> changed(queue, (twin, now) -> twin.cancel(id, now)));
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return locked(() -> changed(queue, (twin, now) -> twin.requeue(id, request, now)));
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return locked(() -> changed(queue, (twin, now) -> twin.reschedule(id, change, request, now)));
    }

    Uni<TwinErrors> errors(QueueName queue) {
        return locked(() -> queue(queue).errors());
    }

    @Override
    public Uni<BulkChanges> count(QueueName queue, BulkActionRequest request) {
        return locked(() -> queue(queue).count(request));
    }

    @Override
    public Uni<BulkChanges> change(QueueName queue, BulkActionRequest request) {
        return locked(() -> changed(queue, (twin, now) -> twin.change(request, now)));
    }

    @Override
    public Uni<QueuePage> page(QueueQuery query) {
        return locked(() -> {
            List<QueueFigures> found = known.stream()
                    .filter(name -> name.value().startsWith(query.prefix()))
                    .filter(name -> query.after()
                            .filter(after -> name.compareTo(after) <= 0)
                            .isEmpty())
                    .map(name -> queue(name).figures(now()))
                    .toList();
            List<QueueFigures> page = found.stream().limit(query.limit()).toList();
            Optional<String> next = found.size() > page.size()
                    ? Optional.of(page.get(page.size() - 1).queue().value())
                    : Optional.empty();
            return new QueuePage(page, next, true);
        });
    }

    @Override
    public Uni<Long> count() {
        return locked(() -> (long) known.size());
    }

    @Override
    public Uni<DeletionStep> deleteSome(QueueName name, boolean force, int most) {
        return locked(() -> {
            DeletionStep step = queue(name).deleteSome(force, most, known.contains(name), now());
            if (step.gone()) {
                queues.replace(name, queue(name, queue(name).ids().ofDeletedQueue()));
                known.remove(name);
            }
            return step;
        });
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> names) {
        return locked(() -> {
            figuresRead += names.size();
            return names.stream().map(name -> queue(name).figures(now())).toList();
        });
    }

    /** Of how many queues the figures were asked for so far. */
    public synchronized int figuresRead() {
        return figuresRead;
    }

    @Override
    public Uni<List<QueueLoad>> loads(Collection<QueueName> names, Set<HandlerName> handlers) {
        return locked(() ->
                names.stream().map(name -> queue(name).load(handlers, now())).toList());
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        return locked(() -> queue(queue).dueJobs(handlers, now()));
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return locked(() -> {
            QueueLimits limits = patch.appliedTo(queue(queue).limits());
            queue(queue).setLimits(limits.withMaxWaiting(limits.maxWaiting().orElse(MAX_WAITING)));
            wakeUps.tell(queue);
            return null;
        });
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return locked(() -> {
            boolean done = queue(queue).setPaused(handler, paused);
            tellUnless(paused || !queue(queue).sight().any().contains(handler.value()), queue);
            return done;
        });
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return locked(() -> {
            queue(queue).pause(paused, now());
            tellUnless(paused, queue);
            return null;
        });
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        return locked(() -> {
            TwinQueue queue = queue(request.queue());
            return wakeUps.aroundClaim(queue, request, now(), () -> queue.claim(request, now()));
        });
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return locked(() -> queue(queue).latestToken(claimant, now()));
    }

    /**
     * Claims what another store has claimed.
     *
     * @throws AssertionError if it should not have done so
     */
    public synchronized Claimed follow(ClaimRequest request, ClaimSeen seen) {
        return queue(request.queue()).follow(request, seen, now());
    }

    synchronized Aside aside(QueueName queue) {
        return queue(queue).aside();
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        return locked(() -> changed(queue, (twin, now) -> settlements.stream()
                .map(report -> twin.settle(report, now))
                .toList()));
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        return locked(() -> {
            Instant now = now();
            return leases.stream()
                    .filter(lease -> !queue(queue).extend(lease, duration, now))
                    .map(lease -> new LostLease(lease, queue(queue).isCancelled(lease.id())))
                    .toList();
        });
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
        return locked(() -> {
            Instant now = now();
            return (int)
                    notes.stream().filter(note -> queue(queue).note(note, now)).count();
        });
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return locked(() -> queue(queue).revoked);
    }

    @Override
    public Uni<Integer> prune(QueueName name, Pruning pruning) {
        return locked(() -> {
            int pruned = pruning.retentions().stream()
                    .mapToInt(retention -> queue(name).prune(retention, now()))
                    .sum();
            if (known.contains(name) && queue(name).idleFor(pruning.forgetAfter(), now())) {
                queues.remove(name);
                known.remove(name);
            }
            return pruned;
        });
    }

    @Override
    public int buckets() {
        return 1;
    }

    @Override
    public int bucketOf(QueueName queue) {
        return 0;
    }

    @Override
    public Uni<Integer> polling(Duration validFor) {
        return Uni.createFrom().item(1);
    }

    @Override
    public Uni<DueInBucket> due(int bucket, Duration ahead) {
        // It has no flows, and too early costs a look.
        return locked(() -> new DueInBucket(
                queues.values().stream()
                        .flatMap(queue -> queue.due(now()))
                        .filter(due -> due.in().compareTo(ahead) <= 0)
                        .sorted(Comparator.comparing(DueQueue::in))
                        .toList(),
                Optional.of(Duration.ZERO),
                notices.any() ? Optional.of(Duration.ZERO) : Optional.empty()));
    }

    @Override
    public Uni<Integer> check(Duration every) {
        return Uni.createFrom().item(0);
    }

    @Override
    public Uni<List<Placed>> place(QueueName queue, List<FlowStep> steps) {
        return locked(() -> {
            known.add(queue);
            return changed(queue, (twin, now) -> steps.stream()
                    .map(step -> twin.place(step, now))
                    .toList());
        });
    }

    @Override
    public Uni<Optional<FlowReport>> handover(QueueName queue, JobId id) {
        return locked(() -> queue(queue).handover(id));
    }

    @Override
    public Uni<List<FlowReport>> handovers(QueueName queue, Duration olderThan, int max) {
        return locked(() -> queue(queue).handovers(olderThan, max, now()));
    }

    @Override
    public Uni<Void> handedOver(QueueName queue, List<FlowReport> reports) {
        return locked(() -> {
            reports.forEach(queue(queue)::handedOver);
            return null;
        });
    }

    public TwinNotices notices() {
        return notices;
    }

    /** What workers were told to look at since this was asked last; from the first time on. */
    synchronized List<QueueName> told() {
        return wakeUps.told();
    }

    /** Loses a job, as Redis may in a failover. */
    public void forget(QueueName queue, JobId id) {
        locked(() -> queue(queue).forget(id)).await().indefinitely();
    }

    /** It is another run of the store from now on. */
    synchronized void restart() {
        runs++;
    }

    /** The queue is there, whether it has jobs or not. */
    void know(QueueName queue) {
        known.add(queue);
    }

    /** Times are kept to the millisecond, as in Redis. */
    public static Instant toMillis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    Instant now() {
        return toMillis(clock.instant());
    }

    TwinQueue queue(QueueName name) {
        return queues.computeIfAbsent(name, unknown -> queue(unknown, new TwinIds(minAge, maxRemembered)));
    }

    private TwinQueue queue(QueueName name, TwinIds ids) {
        // Told of within the call that has them die, whose time it is then.
        return new TwinQueue(
                name,
                sweepLimit,
                aging,
                ids,
                () -> "run" + runs,
                job -> notices.died(
                        name,
                        job.asked.id().value(),
                        job.asked.spec().handler().value(),
                        job.attempt,
                        job.errorType(),
                        now()));
    }

    <T> T changed(QueueName name, BiFunction<TwinQueue, Instant, T> change) {
        TwinQueue queue = queue(name);
        Instant now = now();
        return wakeUps.around(queue, now, () -> change.apply(queue, now));
    }

    private void tellUnless(boolean paused, QueueName queue) {
        if (!paused) {
            wakeUps.tell(queue);
        }
    }

    <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
