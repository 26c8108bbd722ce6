package io.mainstay.redis.store;

import io.mainstay.job.Lease;
import io.mainstay.queue.StoreUnderTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the two stores of a model run.
 *
 * @param cursors where its latest pages ended, by place; how a store writes its cursors is its own business
 * @param leased what its latest claim brought
 */
record ModelSide(StoreUnderTest store, Map<String, String> cursors, List<Lease> leased) {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(40);

    ModelSide(StoreUnderTest store) {
        this(store, new HashMap<>(), new ArrayList<>());
    }

    <T> T answer(Uni<T> asked) {
        return asked.await().atMost(ANSWER_DEADLINE);
    }
}
