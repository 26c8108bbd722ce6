package io.mainstay.audit;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Brings the records of one kind to the store, batch after batch: the next one goes when the one before was kept, so that an answer
 * that was lost adds nothing twice. While the store is away they wait, a bounded number. Thread-safe.
 */
final class AuditSender {

    private static final Logger LOG = Logger.getLogger(AuditSender.class);
    private static final int MOST_WAITING = 1000;
    private static final long RETRY_MILLIS = 1000;

    private final AuditKind kind;
    private final AuditStore store;
    private final String name;
    private final int most;
    private final Vertx vertx;
    private final Deque<AuditRecord> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
    private long number;

    /** @param name that no other sender has had */
    AuditSender(AuditKind kind, AuditStore store, String name, int most, Vertx vertx) {
        this.kind = kind;
        this.store = store;
        this.name = name;
        this.most = most;
        this.vertx = vertx;
    }

    /** @return false if too many wait already: it will not be kept */
    boolean offer(AuditRecord record) {
        AuditBatch batch;
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return false;
            }
            waiting.add(record);
            if (!idle.isDone()) {
                return true;
            }
            idle = new CompletableFuture<>();
            batch = next();
        }
        send(batch);
        return true;
    }

    /** Completes when all that was offered has been kept. */
    synchronized CompletableFuture<Void> idle() {
        return idle;
    }

    private void send(AuditBatch batch) {
        store.add(batch, most).subscribe().with(done -> kept(), error -> {
            LOG.debugf(
                    error,
                    "%d audit records (%s) were not stored yet; trying again",
                    batch.records().size(),
                    kind.label());
            vertx.setTimer(RETRY_MILLIS, ignored -> send(batch));
        });
    }

    private void kept() {
        AuditBatch batch;
        CompletableFuture<Void> done;
        synchronized (this) {
            done = idle;
            batch = waiting.isEmpty() ? null : next();
        }
        if (batch == null) {
            done.complete(null);
        } else {
            send(batch);
        }
    }

    private AuditBatch next() {
        List<AuditRecord> records = new ArrayList<>();
        while (records.size() < AuditBatch.MOST && !waiting.isEmpty()) {
            records.add(waiting.poll());
        }
        return new AuditBatch(kind, name, ++number, records);
    }
}
