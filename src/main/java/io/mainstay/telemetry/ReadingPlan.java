package io.mainstay.telemetry;

import io.mainstay.due.RecentQueues;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which queues a reading is about: those that had something to do since the one before, those with jobs that wait or run, and a
 * few of the others in turn. So its cost follows what is done, and nothing is shown that is out of date for long. A queue that
 * is empty, and has been left alone for an hour, gives its label back. Called by one reading at a time.
 */
@Singleton
class ReadingPlan {

    /** Jobs that have ended since are seen with the queue still recent. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(20);

    private static final Duration LEFT_ALONE = Duration.ofHours(1);
    private static final int IN_TURN = 5;

    private final RecentQueues recent;
    private final QueueLabels labels;
    private final QueueGauges gauges;
    private final JobMeters meters;
    /** Those with jobs that wait or run, as last read. */
    private final Set<QueueName> busy = new LinkedHashSet<>();

    private final Deque<QueueName> turns = new ArrayDeque<>();

    ReadingPlan(RecentQueues recent, QueueLabels labels, QueueGauges gauges, JobMeters meters) {
        this.recent = recent;
        this.labels = labels;
        this.gauges = gauges;
        this.meters = meters;
    }

    /** @param interval from one reading to the next */
    List<QueueName> next(Duration interval) {
        Set<QueueName> chosen = new LinkedHashSet<>();
        recent.within(interval.plus(SETTLED_AFTER), QueueLabels.MOST).stream()
                .filter(labels::isOwn)
                .forEach(chosen::add);
        chosen.addAll(busy);
        for (int turn = 0; turn < IN_TURN; turn++) {
            nextTurn().ifPresent(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private Optional<QueueName> nextTurn() {
        if (turns.isEmpty()) {
            turns.addAll(labels.own());
        }
        return Optional.ofNullable(turns.poll()).filter(labels.own()::contains);
    }

    /** What the reading found. */
    void found(List<QueueFigures> figures) {
        Set<QueueName> leftAlone = new LinkedHashSet<>();
        figures.stream().filter(ReadingPlan::empty).map(QueueFigures::queue).forEach(leftAlone::add);
        if (!leftAlone.isEmpty()) {
            leftAlone.removeAll(new LinkedHashSet<>(recent.within(LEFT_ALONE, QueueLabels.MOST)));
        }
        for (QueueFigures each : figures) {
            if (each.oldestDue().isPresent() || each.counts().getOrDefault(JobState.RUNNING, 0L) > 0) {
                busy.add(each.queue());
            } else {
                busy.remove(each.queue());
            }
        }
        leftAlone.removeAll(labels.watched());
        leftAlone.forEach(this::drop);
        meters.rank();
    }

    private static boolean empty(QueueFigures figures) {
        return !figures.paused()
                && figures.pausedHandlers().isEmpty()
                && figures.counts().values().stream().allMatch(count -> count == 0);
    }

    private void drop(QueueName queue) {
        labels.drop(queue);
        gauges.drop(queue);
        meters.drop(queue);
    }
}
