package io.mainstay.lease.claim;

import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.route.Served;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an earlier request with the same key has got, at whatever instance: the store keeps what each claimant got last. Only queues from
 * which it has something are claimed from, as any other would be a new claim. Thread-safe.
 */
@Singleton
class Repeats {

    private final LeaseStore store;

    Repeats(LeaseStore store) {
        this.store = store;
    }

    /** Empty if nothing is known of such a request. */
    Uni<Optional<Outcome>> repeat(Ask ask) {
        List<Uni<Optional<String>>> tokens = ask.queues().stream()
                .map(queue -> store.latestToken(queue, ask.name().claimant()))
                .toList();
        return Uni.join().all(tokens).andFailFast().flatMap(found -> repeat(ask, found));
    }

    private Uni<Optional<Outcome>> repeat(Ask ask, List<Optional<String>> tokens) {
        if (tokens.stream().allMatch(Optional::isEmpty)) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (tokens.stream()
                .flatMap(Optional::stream)
                .anyMatch(token -> !RequestNames.sameRequest(token, ask.name().token()))) {
            return Uni.createFrom().item(Optional.of(Outcome.of(Outcome.Kind.OTHER_REQUEST, false)));
        }
        List<Uni<Batch>> batches = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isPresent()) {
                batches.add(repeat(ask, ask.queues().get(i), tokens.get(i).get()));
            }
        }
        return Uni.join().all(batches).andFailFast().map(all -> Optional.of(Outcome.jobs(all, false)));
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
