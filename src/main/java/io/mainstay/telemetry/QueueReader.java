package io.mainstay.telemetry;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is shown of a queue: one call, one more if jobs are due there, and two more if this instance does not run them all: then
 * others may, or nobody.
 */
@Singleton
class QueueReader {

    private final JobStore jobs;
    private final DueJobsStore due;
    private final WorkerStatus workers;
    private final Announcements announcements;

    QueueReader(JobStore jobs, DueJobsStore due, WorkerStatus workers, Announcements announcements) {
        this.announcements = announcements;
        this.jobs = jobs;
        this.due = due;
        this.workers = workers;
    }

    Uni<QueueReading> read(QueueName queue) {
        return jobs.figures(List.of(queue)).map(figures -> figures.get(0)).flatMap(this::withDue);
    }

    private Uni<QueueReading> withDue(QueueFigures figures) {
        Uni<DueJobs> read = figures.oldestDue().isPresent()
                ? due.dueJobs(figures.queue(), workers.handlers())
                : Uni.createFrom().item(new DueJobs(figures.paused(), false, Optional.empty(), 0, Optional.empty()));
        return read.flatMap(
                whose -> withoutWorker(figures, whose).map(nobodys -> new QueueReading(figures, whose, nobodys)));
    }

    private Uni<Long> withoutWorker(QueueFigures figures, DueJobs whose) {
        boolean nobodyNeedsToBeAsked = figures.oldestDue().isEmpty()
                || whose.foreign() == 0 && workers.enabled() && workers.configuredFor(figures.queue());
        if (nobodyNeedsToBeAsked) {
            return Uni.createFrom().item(0L);
        }
        return announcements
                .served(figures.queue())
                .flatMap(handlers -> handlers.isEmpty()
                        ? Uni.createFrom().item(0L)
                        : due.dueJobs(figures.queue(), handlers.get()).map(DueJobs::foreign));
    }
}
