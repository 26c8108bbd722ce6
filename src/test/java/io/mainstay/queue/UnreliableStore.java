package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A store that answers, fails or stays silent as a test wants it. */
public final class UnreliableStore implements JobStore, DueJobsStore {

    /** How it behaves. */
    public enum Mood {
        ANSWERS,
        FAILS,
        SILENT
    }

    private final InMemoryJobStore store;
    private final AtomicInteger calls = new AtomicInteger();
    public volatile Mood mood = Mood.ANSWERS;
    /** False: it answers reads and refuses to enqueue, as a full Redis does. */
    public volatile boolean takesWrites = true;
    /** Queues of which there are no figures. */
    public volatile Set<QueueName> lost = Set.of();
    /** Which queues are on a shard that takes nothing. */
    public volatile Predicate<QueueName> dead = queue -> false;
    /** Which queues are on a shard that does not answer to enqueues. */
    public volatile Predicate<QueueName> mute = queue -> false;
    /** Those of its shards that do not answer. */
    public volatile List<String> silentShards = List.of();

    public UnreliableStore(InMemoryJobStore store) {
        this.store = store;
    }

    /** How many calls it got so far, whatever became of them. */
    public int calls() {
        return calls.get();
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return mute.test(job.queue())
                ? Uni.createFrom().nothing()
                : moody(() -> takesWrites && !dead.test(job.queue())
                        ? store.enqueue(job)
                        : Uni.createFrom()
                                .failure(new StoreUnavailableException("full", new IllegalStateException("x"))));
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return moody(() -> store.enqueue(job, admission));
    }

    @Override
    public Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return moody(() -> store.find(queue, id));
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        return moody(() -> store.states(queue, ids));
    }

    @Override
    public Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return moody(() -> store.state(queue, id));
    }

    @Override
    public Uni<Optional<History>> history(QueueName queue, JobId id) {
        return moody(() -> store.history(queue, id));
    }

    @Override
    public Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id) {
        return moody(() -> store.log(queue, id));
    }

    @Override
    public Uni<Optional<Explanation>> explain(QueueName queue, JobId id) {
        return moody(() -> store.explain(queue, id));
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return moody(() -> store.list(queue, page, parts));
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        return moody(() -> store.cancel(queue, id));
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return moody(() -> store.requeue(queue, id, request));
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return moody(() -> store.reschedule(queue, id, change, request));
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return moody(() -> Uni.createFrom().item(silentShards));
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        return lost.contains(queue)
                ? Uni.createFrom().failure(new StoreUnavailableException("lost by the test", null))
                : moody(() -> store.dueJobs(queue, handlers));
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        return queues.stream().anyMatch(lost::contains)
                ? Uni.createFrom().failure(new StoreUnavailableException("lost by the test", null))
                : moody(() -> store.figures(queues));
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return moody(() -> store.changeLimits(queue, patch));
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return moody(() -> store.setPaused(queue, handler, paused));
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return moody(() -> store.setPaused(queue, paused));
    }

    private <T> Uni<T> moody(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            calls.incrementAndGet();
            if (mood == Mood.SILENT) {
                return Uni.createFrom().nothing();
            }
            return mood == Mood.ANSWERS
                    ? call.get()
                    : Uni.createFrom().failure(new StoreUnavailableException("away", new IllegalStateException("x")));
        });
    }
}
