package io.mainstay.worker;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import jakarta.inject.Singleton;
import java.util.List;

/** Has the queues claimed from of which a poll found that they need it. Thread-safe. */
@Singleton
final class DueClaims implements DueListener {

    private final WorkerLoop loop;
    private final ServedQueues servedQueues;
    private final ClaimSender claims;
    private final WorkerConfig config;

    DueClaims(WorkerLoop loop, ServedQueues servedQueues, ClaimSender claims, WorkerConfig config) {
        this.loop = loop;
        this.servedQueues = servedQueues;
        this.claims = claims;
        this.config = config;
    }

    @Override
    public void due(List<DueQueue> queues) {
        if (config.enabled()) {
            loop.run(() -> {
                servedQueues.forgetIdle();
                queues.stream().filter(this::isOurs).forEach(this::due);
                loop.dispatchSoon();
            });
        }
    }

    /** Of others' jobs nobody here must know. */
    private boolean isOurs(DueQueue due) {
        return due.work() == DueWork.CLAIM
                && due.handler()
                        .map(handler -> claims.serves(due.queue(), handler))
                        .orElse(true);
    }

    private void due(DueQueue due) {
        servedQueues.serve(due.queue()).ifPresent(served -> {
            if (due.now()) {
                served.poll();
            } else {
                claims.dueIn(served, due.in());
            }
        });
    }
}
