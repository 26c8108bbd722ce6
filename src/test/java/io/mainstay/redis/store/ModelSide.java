package io.mainstay.redis.store;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.ClaimSeen;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the two stores of a model run.
 *
 * @param cursors where its latest pages ended, by place; how a store writes its cursors is its own business
 * @param leased what its latest claim brought
 * @param claims how it claims
 */
record ModelSide(
        StoreUnderTest store, Map<String, String> cursors, List<Lease> leased, Function<ClaimRequest, Claimed> claims) {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(40);

    /** @param seen is told what its claims do */
    static ModelSide tested(StoreUnderTest store, Queue<ClaimSeen> seen) {
        return new ModelSide(store, new HashMap<>(), new ArrayList<>(), request -> {
            Claimed claimed = await(store.leases().claim(request));
            List<JobId> leased = claimed.jobs().stream().map(Job::id).toList();
            seen.add(new ClaimSeen(leased, dead(store, request.queue()), store.aside(request.queue())));
            return claimed;
        });
    }

    /** @param seen what the claims of the other side did, in order */
    static ModelSide oracle(TwinUnderTest twin, Queue<ClaimSeen> seen) {
        return new ModelSide(twin, new HashMap<>(), new ArrayList<>(), request -> twin.store()
                .follow(request, seen.remove()));
    }

    Claimed claim(ClaimRequest request) {
        Claimed claimed = claims.apply(request);
        leased.clear();
        claimed.jobs().forEach(job -> leased.add(new Lease(job.id(), request.token())));
        return claimed;
    }

    <T> T answer(Uni<T> asked) {
        return await(asked);
    }

    private static Set<JobId> dead(StoreUnderTest store, QueueName queue) {
        var all = new PageRequest(JobState.DEAD, Optional.empty(), PageRequest.MOST);
        return await(store.jobs().list(queue, all, Set.of())).jobs().stream()
                .map(Job::id)
                .collect(Collectors.toSet());
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(ANSWER_DEADLINE);
    }
}
