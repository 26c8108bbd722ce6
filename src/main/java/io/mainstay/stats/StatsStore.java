package io.mainstay.stats;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Keeps what was counted, by time. Times are the store's: what comes is added to the points that are under way. */
public interface StatsStore {

    /** The place of the total of all series. */
    int TOTAL = 0;

    /** Strings that one call reads: 1 MB. */
    int MOST_PLACES = 200;

    /** Chunks whose series one call tells: 0.4 MB of the longest names. */
    int MOST_CHUNKS = 8;

    /**
     * Adds a batch, unless its sender's latest that was added is this or a later one: then it is a repeat.
     *
     * @param most series that are told apart; more of them are in the total alone
     */
    Uni<Void> add(StatsBatch batch, int most);

    /**
     * Which series are told apart in some chunks, in the order in which these are asked for.
     *
     * @param chunks {@link #MOST_CHUNKS} at most
     */
    Uni<List<ChunkSeries>> series(Resolution resolution, List<Long> chunks);

    /**
     * Reads points in which something was counted.
     *
     * @param places {@link #MOST_PLACES} at most
     */
    Uni<Void> read(Resolution resolution, List<Place> places, Visitor visitor);

    /**
     * @param series each with its place
     * @param partial whether there were others, which are in the total alone
     */
    record ChunkSeries(Map<Series, Integer> series, boolean partial) {

        public ChunkSeries {
            series = Map.copyOf(series);
        }
    }

    /** Where the points of one series in one chunk are. */
    record Place(long chunk, int number) {}

    /** Gets what is read. */
    interface Visitor {

        /**
         * @param place its index among those asked for
         * @param point its number since 1970
         */
        void point(int place, long point, JobCounts counts);
    }
}
