package io.mainstay.stores.second;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The circuits of places: by queue, for of a cluster one shard may be away and the others not. Thread-safe. */
final class Circuits {

    /** No job has it: what is asked is only whether that is answered. */
    private static final JobId NOBODY = new JobId("nobody");

    private final JobStore stores;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<QueueName, Circuit> circuits = new ConcurrentHashMap<>();

    /** @param patience how long the answer to a small question may take */
    Circuits(JobStore stores, Duration patience, LongSupplier nanoTime) {
        this.stores = stores;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** As many as there are policies. */
    Circuit of(QueueName place) {
        return circuits.computeIfAbsent(place, unknown -> new Circuit(() -> ask(place), nanoTime));
    }

    private Uni<?> ask(QueueName place) {
        return Uni.createFrom()
                .deferred(() -> stores.state(place, NOBODY))
                .ifNoItem()
                .after(patience)
                .fail();
    }
}
