package io.mainstay.schedule;

import io.mainstay.job.Deadline;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.queue.JobQueue;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Turns what a caller wrote about a schedule into what it wants: its job is checked as an enqueue of it would be. */
@Singleton
class ScheduleIntake {

    private final JobIntake intake;
    private final JobQueue jobs;

    ScheduleIntake(JobIntake intake, JobQueue jobs) {
        this.intake = intake;
        this.jobs = jobs;
    }

    /** See {@link JobIntake#prepare}. */
    Uni<Void> prepare(ScheduleRequest request) {
        return intake.prepare(request.job());
    }

    ScheduleDraft accept(ScheduleRequest request) {
        NewJob job = job(request.queue(), request.job());
        return new ScheduleDraft(
                request.cron(),
                request.timeZone(),
                Optional.ofNullable(request.gap()),
                Optional.ofNullable(request.overlap()),
                request.misfire(),
                request.queue(),
                job.spec(),
                job.durability());
    }

    /** A job of the schedule that is no run of it. */
    NewJob extra(Schedule schedule, String idempotencyKey) {
        ScheduleSpec spec = schedule.spec();
        intake.checkPayload(spec.job());
        return new NewJob(
                spec.queue(),
                intake.idOf(spec.queue(), null, idempotencyKey, "schedule " + schedule.name()),
                spec.job(),
                StartTime.NOW,
                spec.durability(),
                idempotencyKey != null);
    }

    private NewJob job(QueueName queue, JobRequest request) {
        if (request.id() != null) {
            throw new InvalidValueException("job.id", request.id(), "left out: every run has an id of its own");
        }
        if (!StartTime.NOW.equals(request.start())) {
            throw new InvalidValueException("job", "given a delay or runAt", "without: the schedule says when");
        }
        if (request.deadline() instanceof Deadline.At at) {
            throw new InvalidValueException("job.deadline", at.time(), "left out: within counts from each run");
        }
        NewJob job;
        try {
            // The trace of whoever puts a schedule is over long before its runs.
            job = intake.accept(queue, request, null, null);
            jobs.check(job);
        } catch (InvalidValueException e) {
            throw e.field().equals("queue") ? e : e.within("job");
        }
        return job;
    }
}
