package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.LeaseStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what attempts say of themselves to the store: once a second while they run, all of a queue in one call, and what is
 * left as soon as they end. Attempts that say nothing cost nothing. A call that fails is made again while the lease lasts, then
 * what was said is dropped: nothing but people depends on it. Loop only, but for {@link #written}.
 */
@Singleton
final class ProgressReporter implements LoopTimers.Timer {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_PER_CALL = 50;

    private final WorkerLoop loop;
    private final LeaseStore store;
    /** Longest wait for an answer of the store. */
    private final Duration bound;

    private final Set<Attempt> waiting = new LinkedHashSet<>();
    private final Set<Attempt> ended = new LinkedHashSet<>();
    /** Those that the store is being told of. */
    private final Set<Attempt> sending = new HashSet<>();

    private Runnable cancelTimer = () -> {};
    private boolean ticking;

    ProgressReporter(WorkerLoop loop, LeaseStore store, LeaseConfig lease) {
        this.loop = loop;
        this.store = store;
        this.bound = lease.duration();
    }

    /** It has something to say, from now on until the store has it. Any thread. */
    void written(Attempt attempt) {
        loop.run(() -> {
            // If it is being asked, it is looked at again after that.
            if (!sending.contains(attempt)) {
                waiting.add(attempt);
                arrange();
            }
        });
    }

    /** What it said and the store does not have goes with the next {@link #flush}. */
    void ended(Attempt attempt) {
        if (waiting.remove(attempt)) {
            ended.add(attempt);
        }
    }

    /** Sends what ended attempts said. */
    void flush() {
        if (!ended.isEmpty()) {
            send(ended);
        }
    }

    /** Trusts no timer that was set before. */
    @Override
    public void restart() {
        cancelTimer.run();
        ticking = false;
        arrange();
    }

    private void arrange() {
        if (!ended.isEmpty()) {
            // Of those that ended while the store was being told: nobody may come by to flush.
            loop.afterTurn(this::flush);
        }
        if (!ticking && !waiting.isEmpty()) {
            ticking = true;
            cancelTimer = loop.after(EVERY, () -> {
                ticking = false;
                send(waiting);
            });
        }
    }

    private void send(Set<Attempt> those) {
        Map<QueueName, List<Attempt>> byQueue = new HashMap<>();
        those.forEach(attempt -> byQueue.computeIfAbsent(attempt.place(), queue -> new ArrayList<>())
                .add(attempt));
        those.clear();
        byQueue.forEach(this::send);
    }

    private void send(QueueName queue, List<Attempt> attempts) {
        List<Map.Entry<Attempt, JobNote>> said = new ArrayList<>();
        for (Attempt attempt : attempts) {
            attempt.unsaid().ifPresent(note -> said.add(Map.entry(attempt, note)));
        }
        CallSize.split(said, MOST_PER_CALL, one -> one.getValue().bytes())
                .forEach(part ->
                        send(queue, part.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    private void send(QueueName queue, Map<Attempt, JobNote> said) {
        // One call at a time for each attempt, or an older one could come last.
        sending.addAll(said.keySet());
        loop.call(() -> store.note(queue, List.copyOf(said.values())), bound, (count, failure) -> {
            long now = System.nanoTime();
            said.forEach((attempt, note) -> {
                sending.remove(attempt);
                if (failure == null) {
                    attempt.said(note);
                }
                if (attempt.unsaid().isPresent() && !attempt.leaseOver(now)) {
                    // After a failure not at once, also if it has ended.
                    (attempt.active() || failure != null ? waiting : ended).add(attempt);
                }
            });
            arrange();
        });
    }
}
