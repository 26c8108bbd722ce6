package io.mainstay.telemetry;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads what is shown of a queue: one call, and one more if jobs are due there. */
@Singleton
class QueueReader {

    private final JobStore jobs;
    private final DueJobsStore due;
    private final WorkerStatus workers;

    QueueReader(JobStore jobs, DueJobsStore due, WorkerStatus workers) {
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
        return read.map(whose -> new QueueReading(figures, whose));
    }
}
