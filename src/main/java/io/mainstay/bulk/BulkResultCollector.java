package io.mainstay.bulk;

import io.mainstay.bulk.BulkResult.ItemResult;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.places.KeptIn;
import io.mainstay.rest.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what becomes of the jobs of one request, from whichever thread tells. */
final class BulkResultCollector {

    private static final int CREATED = 201;
    private static final int EXISTING = 200;

    private final boolean onlyFailed;
    private final List<ItemResult> results = new ArrayList<>();
    private int created;
    private int existing;
    private int failed;
    private Problem stopped;
    private int next = Integer.MAX_VALUE;

    BulkResultCollector(boolean onlyFailed) {
        this.onlyFailed = onlyFailed;
    }

    synchronized void added(int index, Enqueued answer) {
        // Says why there is none, before anything is counted.
        String id = answer.id().value();
        boolean isNew = answer instanceof Enqueued.Created;
        if (isNew) {
            created++;
        } else {
            existing++;
        }
        if (!onlyFailed) {
            String store = answer.keptIn().map(KeptIn::wireName).orElse(null);
            results.add(new ItemResult(index, isNew ? CREATED : EXISTING, id, store, null));
        }
    }

    synchronized void refused(int index, Problem why) {
        failed++;
        results.add(new ItemResult(index, why.status(), null, null, why));
    }

    /** Nothing from this one on need be tried: it would fare alike. */
    synchronized void stop(int index, Problem why) {
        if (index < next) {
            next = index;
            stopped = why;
        }
    }

    synchronized boolean stopped() {
        return stopped != null;
    }

    synchronized BulkResult result() {
        results.sort(Comparator.comparingInt(ItemResult::index));
        return new BulkResult(created, existing, failed, results, stopped, stopped == null ? null : next);
    }
}
