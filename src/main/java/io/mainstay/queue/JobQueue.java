package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobConflictException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.queue.changes.ChangedLimits;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What applications ask of queues: the limits of the house checked, answers a caller can plan for as values, the rest
 * as {@link io.mainstay.job.MainstayException}. Thread-safe; nothing here blocks.
 */
@ApplicationScoped
public class JobQueue {

    private static final Logger LOG = Logger.getLogger(JobQueue.class);

    private final JobStore store;
    private final NewJobLimits limits;
    private final List<JobObserver> observers;
    private final JobIds ids;
    private final JobTracer tracer;

    JobQueue(
            JobStore store,
            JobsConfig config,
            Instance<JobObserver> observers,
            JobIds ids,
            Clock clock,
            JobTracer tracer) {
        this.store = store;
        this.limits = new NewJobLimits(config, clock);
        this.observers = observers.stream().toList();
        this.ids = ids;
        this.tracer = tracer;
    }

    /**
     * Adds a job; sending the same one again answers with the one that is there, or that it was there and was deleted.
     *
     * @throws io.mainstay.job.UniqueConflictException (as failure) if another job holds its unique key and is to keep it
     * @throws io.mainstay.job.QueueFullException (as failure) if as many jobs wait there as may
     */
    public Uni<Enqueued> enqueue(NewJob job) {
        check(job);
        return enqueueReserved(job);
    }

    /** The same for a job of Mainstay's own, also where callers may put none. */
    public Uni<Enqueued> enqueueReserved(NewJob job) {
        return traced(job).invoke(answer -> {
            if (answer instanceof Enqueued.Deleted) {
                return;
            }
            Job added = answer.job();
            boolean created = answer instanceof Enqueued.Created;
            tell(observer -> observer.enqueued(added, created));
            if (created && ((Enqueued.Created) answer).replaced() != null) {
                moved(((Enqueued.Created) answer).replaced());
            }
        });
    }

    /** Throws what {@link #enqueue} would refuse the job with: for what is to be enqueued later. */
    public void check(NewJob job) {
        limits.check(job);
    }

    /** @throws NotFoundException (as failure) if there is none */
    public Uni<Job> get(QueueName queue, JobId id) {
        return store.find(queue, id).map(found -> found.orElseThrow(() -> NotFoundException.job(queue, id)));
    }

    /** Its state alone; fails with {@link NotFoundException} if there is no such job. */
    public Uni<JobState> state(QueueName queue, JobId id) {
        return store.state(queue, id).map(found -> found.orElseThrow(() -> NotFoundException.job(queue, id)));
    }

    /**
     * Why a job stands where it stands.
     *
     * @throws NotFoundException (as failure) if there is none
     */
    public Uni<Explanation> explain(QueueName queue, JobId id) {
        return store.explain(queue, id).map(found -> found.orElseThrow(() -> NotFoundException.job(queue, id)));
    }

    /**
     * Its latest attempts.
     *
     * @throws NotFoundException (as failure) if there is no such job
     */
    public Uni<History> history(QueueName queue, JobId id) {
        return store.history(queue, id).map(found -> found.orElseThrow(() -> NotFoundException.job(queue, id)));
    }

    /**
     * The latest lines that its handler logged, oldest first.
     *
     * @throws NotFoundException (as failure) if there is no such job
     */
    public Uni<List<LogLine>> log(QueueName queue, JobId id) {
        return store.log(queue, id).map(found -> found.orElseThrow(() -> NotFoundException.job(queue, id)));
    }

    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return store.list(queue, page, parts);
    }

    /** Ends a job that has not ended; one that is cancelled already is answered as it is. */
    public Uni<Job> cancel(QueueName queue, JobId id) {
        return store.cancel(queue, id)
                .map(change -> applied(change, queue, id, "cancelled"))
                .invoke(this::moved);
    }

    /** Runs a dead or cancelled job again, with fresh attempts. */
    public Uni<Job> requeue(QueueName queue, JobId id) {
        return store.requeue(queue, id, ids.nextToken())
                .map(change -> applied(change, queue, id, "requeued"))
                .invoke(this::moved);
    }

    /**
     * Changes when a job that waits comes to its turn.
     *
     * @param action what that is to its caller, as in "cannot be run now"
     */
    public Uni<Job> reschedule(QueueName queue, JobId id, Rescheduling change, String action) {
        change.start().ifPresent(limits::check);
        return store.reschedule(queue, id, change, ids.nextToken())
                .map(answer -> {
                    if (answer instanceof Change.Ordered) {
                        throw new InvalidValueException(
                                "priority",
                                change.priority().orElseThrow(),
                                "left out, because the job keeps the order of its group");
                    }
                    return applied(answer, queue, id, action);
                })
                .invoke(job -> change.start().ifPresent(start -> moved(job)));
    }

    public Uni<QueueFigures> figures(QueueName queue) {
        return store.figures(List.of(queue)).map(figures -> figures.get(0));
    }

    /** Sets or removes limits of a queue, and tells which it had before and has no more. */
    public Uni<ChangedLimits> changeLimits(QueueName queue, LimitsPatch patch) {
        checkOpen(queue);
        return figures(queue).chain(before -> store.changeLimits(queue, patch)
                .invoke(() -> tell(observer -> observer.changed(queue)))
                .chain(() -> figures(queue))
                .map(after -> new ChangedLimits(after, patch.removed(before.limits(), after.limits()))));
    }

    public Uni<QueueFigures> setPaused(QueueName queue, boolean paused) {
        checkOpen(queue);
        return store.setPaused(queue, paused)
                .invoke(() -> tell(observer -> observer.changed(queue)))
                .chain(() -> figures(queue));
    }

    /**
     * Stops or resumes the jobs of one handler.
     *
     * @throws InvalidValueException (as failure) if too many handlers are paused in the queue
     */
    public Uni<QueueFigures> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        checkOpen(queue);
        return store.setPaused(queue, handler, paused).chain(done -> {
            if (!done) {
                throw new InvalidValueException(
                        "handler", handler, "one of at most " + JobStore.MOST_PAUSED_HANDLERS + " paused in a queue");
            }
            tell(observer -> observer.changed(queue));
            return figures(queue);
        });
    }

    /** Once the store has answered, nothing that follows fails the enqueue: the job is made, and its caller must know. */
    private Uni<Enqueued> traced(NewJob job) {
        if (tracer == JobTracer.NONE) {
            return store.enqueue(job);
        }
        AtomicReference<Enqueued> answer = new AtomicReference<>();
        return tracer.enqueue(job, each -> store.enqueue(each).invoke(answer::set))
                .onFailure(failure -> answer.get() != null)
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "The trace of job %s failed; its caller is still answered", job.id());
                    return answer.get();
                });
    }

    private void moved(Job job) {
        tell(observer -> observer.moved(job));
    }

    /** What was done is done: an observer that breaks its promise not to throw does not hide it from the caller. */
    private void tell(Consumer<JobObserver> news) {
        for (JobObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed for a change; its caller is still answered", observer.getClass());
            }
        }
    }

    private static Job applied(Change change, QueueName queue, JobId id, String action) {
        if (change instanceof Change.Applied applied) {
            return applied.job();
        }
        if (change instanceof Change.KeyTaken taken) {
            throw new UniqueConflictException(taken.holder(), taken.state());
        }
        if (change instanceof Change.NotAllowed refused) {
            throw new JobConflictException(id, refused.state(), action);
        }
        throw NotFoundException.job(queue, id);
    }

    private static void checkOpen(QueueName queue) {
        if (queue.isPrivate()) {
            throw new InvalidValueException("queue", queue, "a name that is not reserved for Mainstay");
        }
    }
}
