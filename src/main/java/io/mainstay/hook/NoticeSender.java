package io.mainstay.hook;

import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.QueueFigures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Enqueues the jobs that send notices. Thread-safe. */
@Singleton
class NoticeSender {

    /** They share calls. */
    private static final int AT_ONCE = 100;

    private final JobQueue jobs;
    private final NoticeJobs making;
    private final HookMeters meters;
    private final int maxWaiting;

    @Inject
    NoticeSender(JobQueue jobs, NoticeJobs making, HookMeters meters, HookConfig config) {
        this(jobs, making, meters, config.maxWaiting());
    }

    NoticeSender(JobQueue jobs, NoticeJobs making, HookMeters meters, int maxWaiting) {
        this.jobs = jobs;
        this.making = making;
        this.meters = meters;
        this.maxWaiting = maxWaiting;
    }

    /** Completes when there is a job for each notice and hook that wants it. Fails if not: then it is to be sent again. */
    Uni<Void> send(List<Notice> notices, KnownHooks hooks) {
        List<NewJob> all = new ArrayList<>();
        List<HookEvent> events = new ArrayList<>();
        for (Notice notice : notices) {
            hooks.all().forEach((name, known) -> {
                if (known.enabled() && notice.isFor(known.hook())) {
                    all.add(making.of(notice, name, known.hook()));
                    events.add(notice.event());
                }
            });
        }
        if (all.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return jobs.figures(QueueName.HOOKS)
                .invoke(this::checkRoom)
                .chain(room -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUni(jobs::enqueueReserved)
                        .merge(AT_ONCE)
                        .collect()
                        .last())
                .invoke(() -> events.forEach(meters::sent))
                .replaceWithVoid();
    }

    private void checkRoom(QueueFigures figures) {
        long waiting = figures.counts().getOrDefault(JobState.READY, 0L)
                + figures.counts().getOrDefault(JobState.SCHEDULED, 0L);
        if (waiting >= maxWaiting) {
            throw new QueueFullException(QueueName.HOOKS, waiting, maxWaiting);
        }
    }
}
