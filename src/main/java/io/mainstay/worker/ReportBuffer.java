package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The reports of one queue that wait to be sent, one batch at a time, bounded in number and bytes. A batch that fails
 * goes to the end of the line; while the store refuses whole batches they shrink, so that a report it cannot digest
 * ends up alone and holds up nobody.
 */
final class ReportBuffer {

    private static final int LARGEST_BATCH = 200;

    final QueueName queue;
    final CallBackoff backoff = new CallBackoff();
    private final ArrayDeque<PendingReport> waiting = new ArrayDeque<>();
    private int batchSize = LARGEST_BATCH;
    private boolean underWay;
    private long notBefore;

    ReportBuffer(QueueName queue) {
        this.queue = queue;
        this.notBefore = System.nanoTime();
    }

    void add(PendingReport report) {
        waiting.add(report);
    }

    /** Whether nothing would be lost without it. */
    boolean idle() {
        return !underWay && waiting.isEmpty();
    }

    boolean sendable(long now) {
        return !underWay && !waiting.isEmpty() && now - notBefore >= 0;
    }

    /** @param givenUp gets the reports that were sent before and whose lease is over by now */
    List<PendingReport> take(long now, Consumer<PendingReport> givenUp) {
        List<PendingReport> batch = new ArrayList<>(Math.min(batchSize, waiting.size()));
        long bytes = 0;
        while (batch.size() < batchSize && !waiting.isEmpty()) {
            PendingReport next = waiting.peek();
            if (next.sent && next.attempt.leaseOver(now)) {
                givenUp.accept(waiting.poll());
                continue;
            }
            bytes += next.settlement.bytes();
            if (bytes > CallSize.MOST_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.poll());
        }
        underWay = !batch.isEmpty();
        return batch;
    }

    void answered() {
        underWay = false;
        backoff.succeeded();
        batchSize = Math.min(LARGEST_BATCH, batchSize * 2);
    }

    /** @param shrink whether the batch itself may be what is wrong */
    void failed(List<PendingReport> batch, boolean shrink, long notBefore) {
        underWay = false;
        this.notBefore = notBefore;
        if (shrink) {
            batchSize = Math.max(1, batch.size() / 2);
        }
        for (PendingReport report : batch) {
            report.sent = true;
            waiting.add(report);
        }
    }
}
