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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Notes down every five seconds which workers this instance has heard of, its own included: in one call, unless they are hundreds. At once if a
 * worker has a handler that is not known, so that jobs may name it; twice a second at most, whatever workers say.
 */
@Singleton
class ContactRounds {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMillis(500);

    private final WorkerStore store;
    private final ContactBook contacts;
    private final OwnWorkers own;
    private final JobIds tokens;
    private final NewsRounds news;
    private final RepeatingTask rounds;
    private final Vertx vertx;
    private final AtomicBoolean timed = new AtomicBoolean();
    private volatile long latestSooner = System.nanoTime() - SOON.toNanos();
    /** Whether there is one that no round has begun to note down. */
    private volatile boolean newHandler;

    ContactRounds(
            Vertx vertx, WorkerStore store, ContactBook contacts, OwnWorkers own, JobIds tokens, NewsRounds news) {
        this.vertx = vertx;
        this.news = news;
        this.store = store;
        this.contacts = contacts;
        this.own = own;
        this.tokens = tokens;
        this.rounds = new RepeatingTask(vertx, "workers heard of", EVERY, Logger.Level.DEBUG, () -> round().map(
                        done -> newHandler ? Optional.of(SOON) : Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
        contacts.onNewHandler(this::sooner);
    }

    private void sooner() {
        newHandler = true;
        if (timed.compareAndSet(false, true)) {
            Duration since = Duration.ofNanos(System.nanoTime() - latestSooner);
            vertx.setTimer(Math.max(1, SOON.minus(since).toMillis()), fired -> {
                latestSooner = System.nanoTime();
                timed.set(false);
                // If one is under way, the next one comes soon after it.
                rounds.soon();
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    /** Fails if the store does not answer: what it did not take comes with the next round. */
    Uni<Void> round() {
        boolean toBeTold = newHandler;
        newHandler = false;
        return own.sighting()
                .flatMap(here -> {
                    List<Sighting> batch = new ArrayList<>();
                    here.ifPresent(batch::add);
                    batch.addAll(contacts.take(WorkerStore.MOST_TOGETHER - batch.size()));
                    return write(batch);
                })
                .invoke(own::heard)
                .invoke(() -> {
                    if (toBeTold) {
                        news.readAgain();
                    }
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
