package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.scaling.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The load of a queue of the in-memory store, from all of its jobs; of running ones none is left out. */
final class TwinLoad {

    private static final Duration LOOK_BACK = Duration.ofMinutes(1);
    private static final int MOST_LOOKED_AT = 25;

    private TwinLoad() {}

    /** @param handlers whose jobs are counted */
    static QueueLoad of(
            QueueName name, boolean paused, long waiting, List<TwinJob> jobs, Set<HandlerName> handlers, Instant now) {
        double perSecond = perSecond(in(JobState.SUCCEEDED, jobs).toList(), now)
                + perSecond(in(JobState.DEAD, jobs).toList(), now);
        List<TwinJob> running = in(JobState.RUNNING, jobs).toList();
        if (waiting + running.size() == 0) {
            return new QueueLoad(name, paused, 0, 0, perSecond, QueueLoad.Sample.NONE);
        }
        List<TwinJob> succeeded = latest(in(JobState.SUCCEEDED, jobs), now);
        List<TwinJob> dead = latest(in(JobState.DEAD, jobs), now);
        Instant since = Stream.of(succeeded, dead)
                .filter(latest -> latest.size() == MOST_LOOKED_AT)
                .map(latest -> latest.get(MOST_LOOKED_AT - 1).finishedAt)
                .reduce(now.minus(LOOK_BACK), TwinLoad::later);
        List<TwinJob> ended = Stream.concat(succeeded.stream(), dead.stream())
                .filter(job -> !job.finishedAt.isBefore(since))
                .toList();
        List<TwinJob> counted = of(handlers, ended);
        List<TwinJob> runs = of(handlers, running);
        double share = ended.isEmpty() ? 1 : (double) counted.size() / ended.size();
        return new QueueLoad(name, paused, waiting, runs.size(), perSecond * share, sample(counted, runs, since, now));
    }

    private static List<TwinJob> of(Set<HandlerName> handlers, List<TwinJob> jobs) {
        return jobs.stream()
                .filter(job -> handlers.contains(job.asked.spec().handler()))
                .toList();
    }

    private static double perSecond(List<TwinJob> ended, Instant now) {
        Instant start = now.minus(LOOK_BACK);
        Instant oldest = ended.stream()
                .map(job -> job.finishedAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
        Duration span = Duration.between(oldest.isAfter(start) ? oldest : start, now);
        long count = ended.stream()
                .filter(job -> !job.finishedAt.isBefore(start) && !job.finishedAt.isAfter(now))
                .count();
        return count * 1000.0 / Math.max(1000, span.toMillis());
    }

    private static QueueLoad.Sample sample(List<TwinJob> ended, List<TwinJob> running, Instant since, Instant now) {
        Duration ran = sum(ended.stream().map(job -> Duration.between(startOf(job), job.finishedAt)));
        Duration busy = sum(Stream.concat(
                ended.stream().map(job -> Duration.between(later(startOf(job), since), job.finishedAt)),
                running.stream().map(job -> Duration.between(later(job.startedAt, since), now))));
        return new QueueLoad.Sample(ended.size(), ran, busy);
    }

    /** Without those that ended before the clock stepped back. */
    private static List<TwinJob> latest(Stream<TwinJob> ended, Instant now) {
        return ended.filter(job -> !job.finishedAt.isAfter(now))
                .sorted(Comparator.comparing(Place::of, Place.order(JobState.SUCCEEDED)))
                .limit(MOST_LOOKED_AT)
                .toList();
    }

    private static Instant startOf(TwinJob ended) {
        return ended.startedAt == null ? ended.finishedAt : ended.startedAt;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Duration sum(Stream<Duration> durations) {
        return durations.reduce(Duration.ZERO, Duration::plus);
    }

    private static Stream<TwinJob> in(JobState state, List<TwinJob> jobs) {
        return jobs.stream().filter(job -> job.state() == state);
    }
}
