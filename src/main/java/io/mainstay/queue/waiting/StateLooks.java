package io.mainstay.queue.waiting;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks at the states of all jobs that somebody waits for, those of a queue in one call, until each has ended or is gone. While
 * instances are known to tell of ends, it looks less often. Stands still while nobody waits. Thread-safe.
 */
final class StateLooks implements EndNotices.Listener {

    /** Bounds how long one call holds the store, and how long a message is. */
    static final int MOST_TOGETHER = 200;

    /** Looks that are due so close to one another go together. */
    private static final Duration LEAST_REST = Duration.ofMillis(5);

    private final JobStore store;
    private final EndNotices notices;
    private final Map<StateWatch.Key, StateWatch> watches = new ConcurrentHashMap<>();
    /** When the next round comes, if one does; a round that was set for another time does nothing. */
    private Long nextRound;

    StateLooks(JobStore store, EndNotices notices) {
        this.store = store;
        this.notices = notices;
    }

    void join(StateWatch.Key key, UniEmitter<? super Void> waiter) {
        watches.compute(key, (same, watch) -> {
            StateWatch joined = watch != null ? watch : new StateWatch(key);
            joined.add(waiter);
            return joined;
        });
        setRound();
    }

    void leave(StateWatch.Key key, UniEmitter<? super Void> waiter) {
        watches.computeIfPresent(key, (same, watch) -> watch.remove(waiter) ? watch : null);
    }

    /** All waits end now. */
    void endAll() {
        watches.values().forEach(this::end);
    }

    @Override
    public void ended(QueueName queue, JobId job) {
        StateWatch watch = watches.get(new StateWatch.Key(queue, job));
        if (watch != null) {
            watch.endTold(System.nanoTime());
            setRound();
        }
    }

    private void end(StateWatch watch) {
        // Who joins later finds another one; who joined before is in this one.
        watches.remove(watch.key(), watch);
        watch.end();
    }

    private void setRound() {
        long now = System.nanoTime();
        long wait = watches.values().stream()
                .mapToLong(watch -> watch.dueAt(now) - now)
                .min()
                .orElse(Long.MAX_VALUE);
        if (wait == Long.MAX_VALUE) {
            return;
        }
        long rest = Math.max(LEAST_REST.toNanos(), wait);
        Long at = now + rest;
        synchronized (this) {
            if (nextRound != null && nextRound - at <= 0) {
                return;
            }
            nextRound = at;
        }
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofNanos(rest))
                .subscribe()
                .with(ignored -> round(at));
    }

    private void round(Long at) {
        synchronized (this) {
            if (!at.equals(nextRound)) {
                return;
            }
            nextRound = null;
        }
        long now = System.nanoTime();
        byQueue(watch -> watch.begin(now)).forEach(this::look);
        if (notices.live()) {
            byQueue(watch -> watch.toBeAsked(now))
                    .forEach((queue, some) -> split(some).forEach(part -> notices.tellAwaited(queue, ids(part))));
        }
        setRound();
    }

    private Map<QueueName, List<StateWatch>> byQueue(Predicate<StateWatch> wanted) {
        Map<QueueName, List<StateWatch>> found = new HashMap<>();
        for (StateWatch watch : watches.values()) {
            if (wanted.test(watch)) {
                found.computeIfAbsent(watch.key().queue(), queue -> new ArrayList<>())
                        .add(watch);
            }
        }
        return found;
    }

    private void look(QueueName queue, List<StateWatch> due) {
        for (List<StateWatch> part : split(due)) {
            Uni.createFrom()
                    .deferred(() -> store.states(queue, ids(part)))
                    .subscribe()
                    .with(states -> looked(part, states), error -> goOn(part));
        }
    }

    private void looked(List<StateWatch> looked, Map<JobId, JobState> states) {
        Map<Boolean, List<StateWatch>> byEnd = looked.stream().collect(Collectors.partitioningBy(watch -> {
            JobState state = states.get(watch.key().id());
            return state == null || state.ended();
        }));
        goOn(byEnd.get(false));
        byEnd.get(true).forEach(this::end);
    }

    private void goOn(List<StateWatch> looked) {
        long now = System.nanoTime();
        boolean told = notices.live();
        looked.forEach(watch -> watch.goesOn(told, now));
        setRound();
    }

    private static List<List<StateWatch>> split(List<StateWatch> watches) {
        return CallSize.split(watches, MOST_TOGETHER, watch -> 0);
    }

    private static List<JobId> ids(List<StateWatch> watches) {
        return watches.stream().map(watch -> watch.key().id()).toList();
    }
}
