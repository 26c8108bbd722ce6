package io.mainstay.stats;

import io.mainstay.queue.CallSize;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Brings what was counted to the store, batch after batch: the next one goes when the one before was added, and one without an answer is sent
 * again as it was, so that it counts once. Meanwhile counting goes on, so nothing waits but these few. Thread-safe.
 */
final class StatsSender {

    private final CountedSeries counted;
    private final StatsStore store;
    private final String name;
    private final int most;
    private final Queue<StatsBatch> waiting = new ArrayDeque<>();
    private long number;

    /**
     * @param name that no other sender has had
     * @param most series that are told apart
     */
    StatsSender(CountedSeries counted, StatsStore store, String name, int most) {
        this.counted = counted;
        this.store = store;
        this.name = name;
        this.most = most;
    }

    /** Sends what waits, or else what was counted since the last time. Where that is nothing, nothing is sent. */
    Uni<Void> send() {
        return Uni.createFrom().deferred(() -> {
            gather();
            return sendWaiting();
        });
    }

    private Uni<Void> sendWaiting() {
        StatsBatch batch = first();
        return batch == null
                ? Uni.createFrom().voidItem()
                : store.add(batch, most).invoke(() -> added(batch)).chain(this::sendWaiting);
    }

    private synchronized StatsBatch first() {
        return waiting.peek();
    }

    private synchronized void added(StatsBatch batch) {
        // A stop may send the same at the same time.
        waiting.remove(batch);
    }

    private synchronized void gather() {
        if (!waiting.isEmpty()) {
            return;
        }
        CountedSeries.Taken taken = counted.take();
        JobCounts total = new JobCounts();
        total.add(taken.others());
        taken.series().values().forEach(total::add);
        if (total.none()) {
            return;
        }
        List<StatsBatch.Entry> entries = new ArrayList<>();
        entries.add(new StatsBatch.Entry(Optional.empty(), total));
        taken.series().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Series, JobCounts> each) ->
                                each.getValue().weight())
                        .reversed())
                .limit(most)
                .forEach(each -> entries.add(new StatsBatch.Entry(Optional.of(each.getKey()), each.getValue())));
        boolean partial = taken.series().size() > most || !taken.others().none();
        CallSize.split(entries, StatsBatch.MOST, each -> 0)
                .forEach(part -> waiting.add(new StatsBatch(name, ++number, partial, part)));
    }
}
