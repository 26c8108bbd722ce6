package io.mainstay.redis.stats;

import io.mainstay.stats.Resolution;
import io.mainstay.stats.StatsStore.Place;

/** Names of what Redis has of statistics. All share a hash tag that no queue can have, hence one slot of a cluster. */
final class StatsKeys {

    static final String PREFIX = "ms:{:stats}:";
    /** Series by how busy they are. */
    static final String BUSY = PREFIX + "busy";
    /** The hour in which these were last aged. */
    static final String AGED = PREFIX + "aged";

    private StatsKeys() {}

    /** The number of the latest batch of a sender. */
    static String sender(String name) {
        return PREFIX + "sender:" + name;
    }

    /** Series of a chunk, each with its place. */
    static String series(Resolution resolution, long chunk) {
        return PREFIX + resolution.letter() + ":" + chunk;
    }

    /** Numbers of the points of one series. */
    static String numbers(Resolution resolution, Place place) {
        return series(resolution, place.chunk()) + ":" + place.number();
    }
}
