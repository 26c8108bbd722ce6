package io.mainstay.lease.claim;

import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.queue.route.Served;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an earlier request with the same key has got, at whatever instance: the store keeps what each claimant got last. Only queues from
 * which it has something are claimed from, as any other would be a new claim. Thread-safe.
 */
@Singleton
class Repeats {

    private final LeaseStore store;
    private final StoreClock clock;
    private final QueuePlaces places;

    /**
     * A request, and under which tokens an earlier one with its key has jobs of each queue.
     *
     * @param ask its token has the period in which it came; with all places of its queues
     * @param failure why that is not known; null if it is
     */
    record Known(Ask ask, List<Optional<String>> tokens, Throwable failure) {}

    Repeats(LeaseStore store, StoreClock clock, QueuePlaces places) {
        this.store = store;
        this.clock = clock;
        this.places = places;
    }

    /** What is known of such a request. Changes nothing and does not fail. */
    Uni<Known> look(Ask ask) {
        if (!ask.repeatable()) {
            return Uni.createFrom().item(new Known(ask, List.of(), null));
        }
        // All instances ask the same clock, in whatever order queues are named.
        QueueName first = ask.queues().stream()
                .min(Comparator.comparing(QueueName::value))
                .orElseThrow();
        Ask everywhere = ask.over(places);
        List<Uni<Optional<String>>> tokens = everywhere.queues().stream()
                .map(queue -> store.latestToken(queue, ask.name().claimant()))
                .toList();
        return Uni.combine()
                .all()
                .unis(clock.now(first), Uni.join().all(tokens).andFailFast())
                .with((now, found) -> new Known(everywhere.at(now), found, null))
                .onFailure()
                .recoverWithItem(failure -> new Known(ask, List.of(), failure));
    }

    /** Empty if nothing is known of such a request. */
    Uni<Optional<Outcome>> repeat(Known known) {
        Ask ask = known.ask();
        if (known.failure() != null) {
            return Uni.createFrom().item(Optional.of(Outcome.failed(known.failure(), false)));
        }
        List<String> found = known.tokens().stream().flatMap(Optional::stream).toList();
        if (found.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (found.stream()
                .anyMatch(token -> !RequestNames.sameRequest(token, ask.name().token()))) {
            return Uni.createFrom().item(Optional.of(Outcome.of(Outcome.Kind.OTHER_REQUEST, false)));
        }
        List<Uni<Batch>> batches = new ArrayList<>();
        for (int i = 0; i < known.tokens().size(); i++) {
            QueueName queue = ask.queues().get(i);
            known.tokens().get(i).ifPresent(token -> batches.add(repeat(ask, queue, token)));
        }
        return Uni.join().all(batches).andFailFast().map(got -> Optional.of(Outcome.jobs(got, false)));
    }

    private Uni<Batch> repeat(Ask ask, QueueName queue, String token) {
        ClaimRequest request = new ClaimRequest(
                queue, ask.name().claimant(), token, ask.max(), ask.lease(), Served.of(ask.handlers()));
        long sent = System.nanoTime();
        return store.claim(request)
                .map(Claimed::jobs)
                .map(jobs -> new Batch(queue, request.token(), jobs, ask.lease(), sent, sent, true));
    }
}
