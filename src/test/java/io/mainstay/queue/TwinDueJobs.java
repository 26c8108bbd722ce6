package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.queue.route.DueJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whose the due jobs of a queue of the in-memory store are. */
final class TwinDueJobs {

    private TwinDueJobs() {}

    /** @param startable handlers of which a job may start now */
    static DueJobs of(
            boolean paused, Set<HandlerName> startable, Set<HandlerName> handlers, List<TwinJob> jobs, Instant now) {
        List<TwinJob> ready =
                jobs.stream().filter(job -> job.state() == JobState.READY).toList();
        List<TwinJob> overdue = jobs.stream()
                .filter(job -> job.state() == JobState.SCHEDULED && !job.runAt.isAfter(now))
                .toList();
        List<TwinJob> foreign = ready.stream()
                .filter(job -> !handlers.contains(job.asked.spec().handler()))
                .toList();
        Stream<TwinJob> ours = ready.stream().filter(job -> !foreign.contains(job));
        return new DueJobs(
                paused,
                !overdue.isEmpty() || startable.stream().anyMatch(handlers::contains),
                oldest(Stream.concat(ours, overdue.stream()), now),
                foreign.size(),
                oldest(foreign.stream(), now));
    }

    private static Optional<Duration> oldest(Stream<TwinJob> jobs, Instant now) {
        return jobs.map(job -> job.runAt.isAfter(now) ? now : job.runAt)
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(at, now));
    }
}
