package io.mainstay.stores;

import io.mainstay.job.JobState;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.scaling.QueueLoad;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts figures of the places of a queue together. */
public final class Sums {

    private Sums() {}

    /** @param queue of the queue itself, which has its settings whole */
    public static QueueFigures figures(QueueFigures queue, List<QueueFigures> places) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        places.forEach(each -> each.counts().forEach((state, count) -> counts.merge(state, count, Long::sum)));
        return new QueueFigures(
                queue.queue(),
                queue.pausedFor(),
                queue.pausedHandlers(),
                counts,
                longest(places.stream().map(QueueFigures::oldestDue)),
                places.stream().mapToLong(QueueFigures::forgottenIds).sum(),
                places.stream().mapToLong(QueueFigures::rememberedIds).sum(),
                queue.limits());
    }

    static DueJobs dueJobs(List<DueJobs> places) {
        return new DueJobs(
                places.stream().allMatch(DueJobs::paused),
                places.stream().anyMatch(DueJobs::startable),
                longest(places.stream().map(DueJobs::oldest)),
                places.stream().mapToLong(DueJobs::foreign).sum(),
                longest(places.stream().map(DueJobs::oldestForeign)));
    }

    static QueueLoad loads(QueueLoad one, QueueLoad other) {
        return new QueueLoad(
                one.queue().logical(),
                one.paused() && other.paused(),
                one.waiting() + other.waiting(),
                one.running() + other.running(),
                one.endedPerSecond() + other.endedPerSecond(),
                new QueueLoad.Sample(
                        one.sample().ends() + other.sample().ends(),
                        one.sample().ran().plus(other.sample().ran()),
                        one.sample().busy().plus(other.sample().busy())));
    }

    private static Optional<Duration> longest(Stream<Optional<Duration>> times) {
        return times.flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
