package io.mainstay.schedule;

import io.mainstay.job.QueueName;
import io.mainstay.queue.PageRequest;
import io.mainstay.registry.JobSource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which schedules add jobs to a queue. Reads all of them, page by page; nobody asks that often. */
@Singleton
class SchedulesOfQueue implements JobSource {

    private final ScheduleStore store;

    SchedulesOfQueue(ScheduleStore store) {
        this.store = store;
    }

    @Override
    public Uni<List<String>> aimedAt(QueueName queue) {
        return from(Optional.empty(), queue, new ArrayList<>());
    }

    private Uni<List<String>> from(Optional<String> after, QueueName queue, List<String> found) {
        return store.list(after, PageRequest.MOST).flatMap(page -> {
            page.schedules().stream()
                    .filter(schedule -> schedule.spec().queue().equals(queue))
                    .forEach(schedule -> found.add(schedule.name().value()));
            return page.next().isPresent()
                    ? from(page.next(), queue, found)
                    : Uni.createFrom().item(found);
        });
    }
}
