package io.mainstay.workers;

import io.mainstay.job.JobIds;
import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Notes down every five seconds which workers this instance has heard of, its own included: in one call, unless they are hundreds. */
@Singleton
class ContactRounds {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final WorkerStore store;
    private final ContactBook contacts;
    private final OwnWorkers own;
    private final JobIds tokens;
    private final RepeatingTask rounds;

    ContactRounds(Vertx vertx, WorkerStore store, ContactBook contacts, OwnWorkers own, JobIds tokens) {
        this.store = store;
        this.contacts = contacts;
        this.own = own;
        this.tokens = tokens;
        this.rounds = new RepeatingTask(
                vertx, "workers heard of", EVERY, Logger.Level.DEBUG, () -> round().replaceWith(Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    /** Fails if the store does not answer: what it did not take comes with the next round. */
    Uni<Void> round() {
        return own.sighting().flatMap(here -> {
            List<Sighting> batch = new ArrayList<>();
            here.ifPresent(batch::add);
            batch.addAll(contacts.take(WorkerStore.MOST_TOGETHER - batch.size()));
            return write(batch);
        });
    }

    private Uni<Void> write(List<Sighting> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.heard(batch, tokens.nextToken())
                .onFailure()
                .invoke(failure -> contacts.putBack(batch))
                .chain(() -> batch.size() < WorkerStore.MOST_TOGETHER
                        ? Uni.createFrom().voidItem()
                        : write(contacts.take(WorkerStore.MOST_TOGETHER)));
    }
}
