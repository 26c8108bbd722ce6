package io.mainstay.registry;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deletes queues in small steps of the store, so that other calls do not wait for long. Completed steps stay done: another
 * request, to any instance, continues. Each step says again that the queue takes no jobs; a minute after the last one it
 * takes some again. So a caller that goes away leaves nothing that would have to be undone. Thread-safe.
 */
@Singleton
public class QueueDeletions {

    /** Of one step: cancelled, and deleted. Bounds how long it holds the store. */
    static final int PER_STEP = 200;

    /** Of one request. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final QueueStore store;
    private final List<JobSource> sources;
    private final List<JobObserver> observers;

    QueueDeletions(QueueStore store, @All List<JobSource> sources, @All List<JobObserver> observers) {
        this.store = store;
        this.sources = sources;
        this.observers = observers;
    }

    /**
     * Deletes a queue, or with {@code force} what is in it as well, as far as that goes in some seconds.
     *
     * @throws QueueConflictException (as failure) if it has anything and {@code force} is not set
     */
    public Uni<QueueDeletion> delete(QueueName queue, boolean force) {
        if (queue.isPrivate()) {
            throw new InvalidValueException("queue", queue, "a name that is not reserved for Mainstay");
        }
        long until = System.nanoTime() + LONGEST.toNanos();
        return schedules(queue)
                .flatMap(schedules -> goOn(new QueueDeletion(queue, false, 0, 0, schedules, null), force, until));
    }

    private Uni<QueueDeletion> goOn(QueueDeletion before, boolean force, long until) {
        return store.deleteSome(before.queue(), force, PER_STEP).flatMap(step -> {
            step.cancelled().forEach(change -> observers.forEach(observer -> observer.changed(change)));
            if (step.gone()) {
                observers.forEach(observer -> observer.changed(before.queue()));
            }
            if (!force && !step.gone()) {
                throw QueueConflictException.notEmpty(
                        before.queue(), step.left().text());
            }
            QueueDeletion soFar = new QueueDeletion(
                    before.queue(),
                    step.gone(),
                    before.cancelled() + step.cancelled().size(),
                    before.deleted() + step.deleted(),
                    before.schedules(),
                    step.left());
            boolean enough = !step.more() || System.nanoTime() - until > 0;
            return enough ? Uni.createFrom().item(soFar) : goOn(soFar, force, until);
        });
    }

    private Uni<List<String>> schedules(QueueName queue) {
        Uni<List<String>> none = Uni.createFrom().item(List.of());
        return sources.stream()
                .map(source -> source.aimedAt(queue))
                .reduce((one, other) -> one.flatMap(names -> other.map(
                        more -> Stream.concat(names.stream(), more.stream()).toList())))
                .orElse(none);
    }
}
