package io.mainstay.schedule;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.PageRequest;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Schedules} by cron. To search for a run that never comes takes a while, so that is done off event loops. */
@Singleton
class CronSchedules implements Schedules {

    private final ScheduleStore store;
    private final JobIds ids;
    private final int most;
    private final SchedulePoller poller;

    CronSchedules(ScheduleStore store, JobIds ids, SchedulesConfig config, SchedulePoller poller) {
        this.store = store;
        this.ids = ids;
        this.most = config.maxCount();
        this.poller = poller;
    }

    @Override
    public Uni<SchedulePut.Stored> put(ScheduleName name, ScheduleDraft draft) {
        CronExpression cron = CronExpression.parse(draft.cron());
        ScheduleSpec spec = new ScheduleSpec(
                cron.timing(draft.cron(), draft.zone(), draft.gap(), draft.overlap()),
                draft.misfire(),
                draft.queue(),
                draft.job(),
                draft.durability());
        Recurrence recurrence = new Recurrence(cron, spec.timing());
        return store.find(name)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(sighting -> new NextRun(recurrence.after(sighting.at()), sighting.at()))
                .invoke(next -> checkRuns(next.at(), draft.cron()))
                .flatMap(next -> store.put(name, spec, next, ids.nextToken(), most))
                .map(this::stored)
                .invoke(poller::soon);
    }

    @Override
    public Uni<Schedule> get(ScheduleName name) {
        return store.find(name).map(sighting -> there(name, sighting.schedule()));
    }

    @Override
    public Uni<SchedulePage> list(Optional<String> cursor, int limit, QueuePatterns queues) {
        Bounds.between("limit", limit, 1, PageRequest.MOST);
        Optional<String> after = cursor.map(CronSchedules::checkedCursor);
        return queues.matchAll() ? store.list(after, limit) : list(after, limit, queues, new ArrayList<>());
    }

    /** Goes on until the page is full, so that it never ends at the name of a schedule that it does not show. */
    private Uni<SchedulePage> list(Optional<String> after, int limit, QueuePatterns queues, List<Schedule> found) {
        return store.list(after, PageRequest.MOST).flatMap(page -> {
            page.schedules().stream()
                    .filter(schedule -> queues.matches(schedule.spec().queue().value()))
                    .limit(limit + 1L - found.size())
                    .forEach(found::add);
            if (found.size() > limit) {
                List<Schedule> shown = found.subList(0, limit);
                return Uni.createFrom()
                        .item(new SchedulePage(
                                shown, Optional.of(shown.get(limit - 1).name().value())));
            }
            return page.next().isPresent()
                    ? list(page.next(), limit, queues, found)
                    : Uni.createFrom().item(new SchedulePage(found, Optional.empty()));
        });
    }

    @Override
    public Uni<Void> delete(ScheduleName name) {
        return store.delete(name);
    }

    @Override
    public Uni<Schedule> setPaused(ScheduleName name, boolean paused) {
        return store.setPaused(name, paused).map(found -> there(name, found)).invoke(poller::soon);
    }

    @Override
    public Uni<List<Instant>> preview(ScheduleName name, int count) {
        Bounds.between("count", count, 1, MOST_RUNS);
        return store.find(name)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(sighting -> runs(name, sighting, count));
    }

    private static List<Instant> runs(ScheduleName name, ScheduleSighting sighting, int count) {
        Recurrence recurrence =
                Recurrence.of(there(name, sighting.schedule()).spec().timing());
        return Stream.iterate(recurrence.after(sighting.at()), Optional::isPresent, run -> recurrence.after(run.get()))
                .limit(count)
                .map(Optional::get)
                .toList();
    }

    private static void checkRuns(Optional<Instant> next, String cron) {
        if (next.isEmpty()) {
            throw new InvalidValueException("cron", cron, "an expression that matches some day");
        }
    }

    private SchedulePut.Stored stored(SchedulePut put) {
        if (put instanceof SchedulePut.Stored stored) {
            return stored;
        }
        throw new LimitReachedException(
                "too-many-schedules", 409, "there are %d schedules, which is the limit".formatted(most));
    }

    private static Schedule there(ScheduleName name, Optional<Schedule> found) {
        return found.orElseThrow(() -> NotFoundException.schedule(name));
    }

    private static String checkedCursor(String cursor) {
        try {
            return new ScheduleName(cursor).value();
        } catch (InvalidValueException e) {
            throw new InvalidValueException("cursor", cursor, "the next of an earlier page");
        }
    }
}
