package io.mainstay.stats;

import io.mainstay.queue.CallSize;
import io.mainstay.security.QueuePatterns;
import io.mainstay.stats.StatsStore.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads statistics, call after call: so many series at a time that none is large. */
@Singleton
class StatsReader {

    private final StatsStore store;

    StatsReader(StatsStore store) {
        this.store = store;
    }

    /** @param visible queues that the caller may see: no other is looked at, and the total of all only by who may see all */
    Uni<StatsSums> read(StatsQuery query, QueuePatterns visible) {
        return Uni.createFrom().deferred(() -> {
            StatsSums sums = new StatsSums(query, visible.matchAll() && !query.filtered());
            return find(query, visible, sums)
                    .chain(() -> readAll(query.resolution(), sums))
                    .replaceWith(sums);
        });
    }

    private Uni<Void> find(StatsQuery query, QueuePatterns visible, StatsSums sums) {
        if (!sums.needsSeries()) {
            return Uni.createFrom().voidItem();
        }
        // The latest are looked at first, should there be too many.
        List<Long> chunks =
                query.chunks().stream().sorted((a, b) -> Long.compare(b, a)).toList();
        return one(Multi.createFrom()
                .iterable(CallSize.split(chunks, StatsStore.MOST_CHUNKS, each -> 0))
                .onItem()
                .transformToUniAndConcatenate(
                        part -> store.series(query.resolution(), part).invoke(found -> {
                            for (int i = 0; i < part.size(); i++) {
                                sums.found(
                                        part.get(i),
                                        found.get(i),
                                        series -> visible.matches(series.queue().value()));
                            }
                        })));
    }

    private Uni<Void> readAll(Resolution resolution, StatsSums sums) {
        List<Place> places = sums.places();
        int parts = (places.size() + StatsStore.MOST_PLACES - 1) / StatsStore.MOST_PLACES;
        return one(Multi.createFrom().range(0, parts).onItem().transformToUniAndConcatenate(part -> {
            int from = part * StatsStore.MOST_PLACES;
            List<Place> some = places.subList(from, Math.min(places.size(), from + StatsStore.MOST_PLACES));
            return store.read(resolution, some, (place, point, counts) -> sums.point(from + place, point, counts));
        }));
    }

    private static Uni<Void> one(Multi<?> steps) {
        return steps.onItem().ignore().toUni().replaceWithVoid();
    }
}
