package io.mainstay.schedule;

import io.mainstay.job.ScheduleName;
import io.mainstay.queue.PageRequest;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What applications ask of schedules. What goes wrong is a {@link io.mainstay.job.MainstayException}; a name without a
 * schedule is {@link io.mainstay.job.NotFoundException}. Thread-safe; nothing here blocks.
 */
interface Schedules {

    /** Most runs of a preview. */
    int MOST_RUNS = 100;

    /** Makes or changes a schedule; one that is there as wanted is left as it is. */
    Uni<SchedulePut.Stored> put(ScheduleName name, ScheduleDraft draft);

    Uni<Schedule> get(ScheduleName name);

    /**
     * One page, by name, of the schedules that aim at these queues. If these are not all, it may read all schedules.
     *
     * @param cursor where the page before ended; empty for the first
     * @param limit 1 to {@link PageRequest#MOST}
     */
    Uni<SchedulePage> list(Optional<String> cursor, int limit, QueuePatterns queues);

    /** Completes when there is none of that name. */
    Uni<Void> delete(ScheduleName name);

    Uni<Schedule> setPaused(ScheduleName name, boolean paused);

    /**
     * The next runs from now on, whether it is paused or not.
     *
     * @param count 1 to {@link #MOST_RUNS}
     */
    Uni<List<Instant>> preview(ScheduleName name, int count);
}
