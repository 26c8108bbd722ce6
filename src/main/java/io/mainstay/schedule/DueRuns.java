package io.mainstay.schedule;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.handlers.DeclaredHandler;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Gives due runs their jobs.
 *
 * <p>One job for each run, whoever dies: first the jobs are enqueued, under ids that follow from the run, then the
 * schedule is moved on, if it still stands where it was seen. An instance that dies in between leaves the schedule due;
 * whoever claims it next finds the jobs there. An id is known for as long as its job is kept, so an instance that was
 * held up for long must not enqueue any more: it may only do so within half of its lease, and the schedule is
 * nobody else's before the lease is over.
 */
@Singleton
class DueRuns {

    private static final Logger LOG = Logger.getLogger(DueRuns.class);

    static final int BATCH = 100;
    static final Duration LEASE = Duration.ofSeconds(10);
    /** Of so many looks one claims whatever is known to be due. */
    private static final int BLIND_CLAIM = 10;

    private static final long ENQUEUE_WITHIN_NANOS = LEASE.toNanos() / 2;

    private final ScheduleStore store;
    private final JobQueue jobs;
    private final HandlerDeclarations declared;
    private final JobIds ids;
    private final Duration lateness;
    private final String claimant;
    private int looks;

    @Inject
    DueRuns(ScheduleStore store, JobQueue jobs, HandlerDeclarations declared, JobIds ids, SchedulesConfig config) {
        this.store = store;
        this.jobs = jobs;
        this.declared = declared;
        this.ids = ids;
        this.lateness = config.missedAfter();
        this.claimant = ids.nextToken();
    }

    private DueRuns(ScheduleStore store, DueRuns like) {
        this.store = store;
        this.jobs = like.jobs;
        this.declared = like.declared;
        this.ids = like.ids;
        this.lateness = like.lateness;
        this.claimant = like.claimant;
    }

    /** The same for the schedules of another store. */
    DueRuns over(ScheduleStore other) {
        return new DueRuns(other, this);
    }

    /** @return how long until the next schedule is due, as far as is known now */
    Uni<Optional<Duration>> look() {
        return Uni.createFrom().deferred(store::nextDue).flatMap(next -> {
            boolean now = next.filter(Duration::isZero).isPresent();
            boolean claim = now || next.isPresent() && ++looks % BLIND_CLAIM == 0;
            return claim ? claim() : Uni.createFrom().item(next);
        });
    }

    private Uni<Optional<Duration>> claim() {
        return Uni.createFrom().deferred(() -> {
            long claimedAt = System.nanoTime();
            return store.claim(claimant, ids.nextToken(), BATCH, LEASE)
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .flatMap(due -> runAll(due, claimedAt));
        });
    }

    private Uni<Optional<Duration>> runAll(DueSchedules due, long claimedAt) {
        long answeredAt = System.nanoTime();
        Rewind.warnOf(due);
        return Multi.createFrom()
                .iterable(due.schedules())
                .onItem()
                .transformToUni(schedule -> run(schedule, due.now(), claimedAt))
                // All at once: where the queues of some lie may be dead, and that must not take the time of the others.
                .merge(BATCH)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .map(next -> wait(due, next, answeredAt));
    }

    /** @param next of the schedules that were moved on */
    private static Optional<Duration> wait(DueSchedules due, List<Instant> next, long answeredAt) {
        if (due.schedules().size() == BATCH) {
            return Optional.of(Duration.ZERO);
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - answeredAt);
        return Stream.concat(due.nextDue().stream(), next.stream().map(run -> Duration.between(due.now(), run)))
                .min(Comparator.naturalOrder())
                .map(wait -> wait.minus(spent))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    /**
     * What goes wrong with one schedule is no matter for the others: it is due again when the lease is over.
     *
     * @return its next run, if it was moved on
     */
    private Uni<Optional<Instant>> run(Schedule schedule, Instant now, long claimedAt) {
        return Uni.createFrom()
                .deferred(() -> work(schedule, now, claimedAt))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        failure, "jobs of schedule %s were not enqueued; trying again in %s", schedule.name(), LEASE))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Uni<Optional<Instant>> work(Schedule schedule, Instant now, long claimedAt) {
        if (schedule.next().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Recurrence recurrence = Recurrence.of(schedule.spec().timing());
        Instant first = schedule.next().get();
        if (first.isAfter(now)) {
            Optional<Instant> next = Rewind.next(recurrence, first, now);
            return store.advance(schedule, new NextRun(next, now), Optional.empty())
                    .replaceWith(next);
        }
        Backlog backlog = Backlog.of(recurrence, first, now, schedule.spec().misfire(), lateness);
        LOG.debugf(
                "schedule %s: %d runs of those since %s",
                schedule.name(), backlog.runs().size(), first);
        return Multi.createFrom()
                .iterable(backlog.runs())
                .map(schedule::run)
                .onItem()
                .transformToUniAndConcatenate(run -> enqueue(schedule, run, claimedAt))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .last()
                .flatMap(last -> store.advance(schedule, new NextRun(backlog.next(), now), Optional.ofNullable(last)))
                .replaceWith(backlog.next());
    }

    /** What was declared since does not keep a run from its job: it shows there, and not in a run that is missing. */
    private void warnUnlessFits(Schedule schedule, Schedule.Run run) {
        DeclaredHandler.Check check =
                declared.of(schedule.spec().job().handler()).check();
        if (check == null) {
            return;
        }
        try {
            check.check(schedule.spec().job().payload());
        } catch (InvalidValueException e) {
            LOG.warnf(
                    "schedule %s: its run of %s is enqueued, although its payload no longer fits the schema of handler %s: %s",
                    schedule.name(), run.at(), schedule.spec().job().handler(), e.faults());
        }
    }

    /**
     * @return the run with the job that it got: its own, or the one that holds its unique key; empty if its queue is being deleted:
     *     a job that came a moment earlier would be deleted as well
     */
    private Uni<Optional<Schedule.Run>> enqueue(Schedule schedule, Schedule.Run run, long claimedAt) {
        if (System.nanoTime() - claimedAt > ENQUEUE_WITHIN_NANOS) {
            throw new IllegalStateException("held up for too long");
        }
        var spec = schedule.spec();
        warnUnlessFits(schedule, run);
        return jobs.enqueue(new NewJob(spec.queue(), run.job(), spec.job(), StartTime.NOW, spec.durability()))
                .map(Enqueued::id)
                // That is what the schedule asks for. Trying again would give the run its job when the next one is due.
                .onFailure(UniqueConflictException.class)
                .recoverWithItem(UniqueConflictException::holder)
                .map(job -> Optional.of(new Schedule.Run(run.at(), job)))
                .onFailure(QueueConflictException.class)
                .recoverWithItem(deleting -> {
                    LOG.infof(
                            "schedule %s: its run of %s is skipped: %s",
                            schedule.name(), run.at(), deleting.getMessage());
                    return Optional.empty();
                });
    }
}
