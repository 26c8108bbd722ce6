package io.mainstay.redis.store;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A page out of what buckets answered. Each answers the first of its queues and the name of the one behind them: up to there
 * nothing of it is missing, so the page goes as far as the first of these names.
 */
final class MergedPage {

    private static final double MORE_THAN_ITS_SHARE = 2.5;
    private static final int AT_LEAST = 3;

    private final int limit;
    private final TreeMap<String, Response> figures = new TreeMap<>();
    /** The first name from which on something may be missing; null if nothing is. */
    private String until;

    MergedPage(int limit) {
        this.limit = limit;
    }

    /** How many queues a bucket is asked for: of a full page, in 299 of 300 cases all that it has. */
    static int ofEach(int limit) {
        return Math.min(limit, (int) Math.ceil(MORE_THAN_ITS_SHARE * limit / Buckets.COUNT) + AT_LEAST);
    }

    /** @param beyond the name of the bucket's first queue behind those, or empty */
    void add(String beyond, Map<String, Response> queues) {
        figures.putAll(queues);
        if (!beyond.isEmpty() && (until == null || beyond.compareTo(until) < 0)) {
            until = beyond;
        }
    }

    List<Map.Entry<String, Response>> entries() {
        return known().entrySet().stream().limit(limit).toList();
    }

    /** The last name of the page, if others may follow. */
    Optional<String> next() {
        List<Map.Entry<String, Response>> page = entries();
        boolean more = until != null || known().size() > page.size();
        return more && !page.isEmpty() ? Optional.of(page.get(page.size() - 1).getKey()) : Optional.empty();
    }

    private Map<String, Response> known() {
        return until == null ? figures : figures.headMap(until);
    }
}
