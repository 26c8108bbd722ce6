package io.mainstay.schedule;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.PageRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps schedules of critical queues in the second store as they are in the first. What is there already is left as it is, so that its
 * next run stays. Thread-safe; every instance does so now and then, and doing it twice does no harm.
 */
final class ScheduleCopies {

    private final ScheduleStore first;
    private final ScheduleStore second;
    private final Predicate<QueueName> critical;
    private final JobIds ids;
    private final int most;

    /** @param most schedules there may be */
    ScheduleCopies(ScheduleStore first, ScheduleStore second, Predicate<QueueName> critical, JobIds ids, int most) {
        this.first = first;
        this.second = second;
        this.critical = critical;
        this.ids = ids;
        this.most = most;
    }

    /** Fails if a store does not answer; what was done by then stays. */
    Uni<Void> copy() {
        return Uni.combine()
                .all()
                .unis(all(first, Optional.empty(), new ArrayList<>()), all(second, Optional.empty(), new ArrayList<>()))
                .asTuple()
                .flatMap(found -> copy(found.getItem1(), found.getItem2()));
    }

    private Uni<Void> copy(List<Schedule> wanted, List<Schedule> there) {
        Map<ScheduleName, Schedule> surplus = new HashMap<>();
        there.forEach(each -> surplus.put(each.name(), each));
        List<Uni<?>> changes = new ArrayList<>();
        for (Schedule schedule : wanted) {
            if (critical.test(schedule.spec().queue())) {
                Schedule copy = surplus.remove(schedule.name());
                if (copy == null || !copy.spec().equals(schedule.spec())) {
                    changes.add(put(schedule));
                } else if (copy.paused() != schedule.paused()) {
                    changes.add(second.setPaused(schedule.name(), schedule.paused()));
                }
            }
        }
        surplus.keySet().forEach(name -> changes.add(second.delete(name)));
        return Multi.createFrom()
                .iterable(changes)
                .onItem()
                .transformToUniAndConcatenate(change -> change)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** By the second store's time, which is another one. */
    private Uni<?> put(Schedule schedule) {
        return second.find(schedule.name())
                .chain(seen -> second.put(
                        schedule.name(),
                        schedule.spec(),
                        new NextRun(schedule.next(), seen.at()),
                        ids.nextToken(),
                        most))
                .chain(done -> second.setPaused(schedule.name(), schedule.paused()));
    }

    private static Uni<List<Schedule>> all(ScheduleStore store, Optional<String> after, List<Schedule> found) {
        return store.list(after, PageRequest.MOST).flatMap(page -> {
            found.addAll(page.schedules());
            return page.next().isEmpty() ? Uni.createFrom().item(found) : all(store, page.next(), found);
        });
    }
}
