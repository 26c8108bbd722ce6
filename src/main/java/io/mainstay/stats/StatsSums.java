package io.mainstay.stats;

import io.mainstay.stats.StatsStore.ChunkSeries;
import io.mainstay.stats.StatsStore.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Adds up what is read for one query. Not thread-safe. */
final class StatsSums {

    /** Strings that one query reads, 15 MB; 200 series over 6 hours by minute are 2600. */
    static final int MOST_PLACES = 3000;

    private final StatsQuery query;
    /** Whether the points are those of all queues, which are kept added up. */
    private final boolean ofAll;

    private final List<Place> places = new ArrayList<>();
    /** Of each place; null for the total. */
    private final List<Series> series = new ArrayList<>();

    private final SortedMap<Long, JobCounts> points = new TreeMap<>();
    private final Map<String, JobCounts> groups = new HashMap<>();
    private boolean partial;

    StatsSums(StatsQuery query, boolean ofAll) {
        this.query = query;
        this.ofAll = ofAll;
        if (ofAll) {
            query.chunks().forEach(chunk -> add(chunk, StatsStore.TOTAL, null));
        }
    }

    boolean needsSeries() {
        return !ofAll || query.by().isPresent();
    }

    /** @param visible which series may be looked at */
    void found(long chunk, ChunkSeries found, Predicate<Series> visible) {
        partial |= found.partial();
        found.series().entrySet().stream()
                .filter(each -> query.matches(each.getKey()) && visible.test(each.getKey()))
                // The first to come are the busiest, more or less.
                .sorted(Map.Entry.comparingByValue())
                .forEach(each -> add(chunk, each.getValue(), each.getKey()));
    }

    List<Place> places() {
        return places;
    }

    void point(int place, long point, JobCounts counts) {
        if (!query.covers(point)) {
            return;
        }
        Series of = series.get(place);
        if (of == null || !ofAll) {
            points.computeIfAbsent(point, first -> new JobCounts()).add(counts);
        }
        if (of != null && query.by().isPresent()) {
            groups.computeIfAbsent(query.by().get().of(of), first -> new JobCounts())
                    .add(counts);
        }
    }

    SortedMap<Long, JobCounts> points() {
        return points;
    }

    Map<String, JobCounts> groups() {
        return groups;
    }

    /** Whether something of what was asked for may be counted in the total of all queues alone. */
    boolean partial() {
        return partial;
    }

    private void add(long chunk, int number, Series of) {
        if (places.size() >= MOST_PLACES) {
            partial = true;
            return;
        }
        places.add(new Place(chunk, number));
        series.add(of);
    }
}
