package io.mainstay.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.MainstayException;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.policy.Layout;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes of partitions under random enqueues and claims, by two instances that hear of changes late, with steps that fail before or after
 * they were done, as if who takes them had died: no job is lost, none is there twice, all are found, and no group is in two places.
 */
class ResizeModelTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final int[] COUNTS = {1, 2, 3, 5};
    private static final int STEPS = 400;

    static Stream<Long> seeds() {
        return new Random(20261128).longs(40).boxed();
    }

    private TwinUnderTest store;
    private Random random;
    private final List<Spread> instances = new ArrayList<>();
    private final Map<String, Boolean> acknowledged = new HashMap<>();
    private int sent;
    private int claims;

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsThereTwice(long seed) {
        random = new Random(seed);
        store = TwinUnderTest.open(100);
        for (int i = 0; i < 2; i++) {
            instances.add(Spread.over(store, new Dying(store.store())));
        }
        for (int i = 0; i < STEPS; i++) {
            step();
            if (i % 8 == 0) {
                check(seed);
            }
        }
        finish(seed);
    }

    private void step() {
        Spread one = instances.get(random.nextInt(2));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> enqueue(one);
            case 4, 5, 6 -> runOne();
            case 7 -> tryTo(() -> one.policies().refresh());
            case 8 -> {
                store.letPass(Duration.ofSeconds(random.nextInt(8)));
                tryTo(() -> one.policies().refresh());
                tryTo(() -> one.resizer().goOn(store.now()));
            }
            default ->
                tryTo(() -> one.resizer()
                        .put(
                                QUEUE,
                                new QueuePolicy(
                                        COUNTS[random.nextInt(COUNTS.length)],
                                        QueuePolicy.NONE.critical(),
                                        QueuePolicy.NONE.hold())));
        }
    }

    private void enqueue(Spread one) {
        // Some ids come again.
        int number = sent > 0 && random.nextInt(3) == 0 ? random.nextInt(sent) : sent++;
        JobDraft draft = JobDraft.job(QUEUE, "job-" + number);
        JobDraft job = number % 2 == 0 ? draft : draft.inOrderOf("group-" + number % 7);
        try {
            Enqueued answer = answer(one.jobs().enqueue(job.build()));
            assertThat(answer).isNotInstanceOfAny(Enqueued.Moved.class, Enqueued.NotHere.class);
            boolean known = acknowledged.containsKey("job-" + number);
            assertThat(answer instanceof Enqueued.Created && known)
                    .as("job-%d was made twice", number)
                    .isFalse();
            acknowledged.putIfAbsent("job-" + number, false);
        } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining("changing");
        }
    }

    private void runOne() {
        List<QueueName> places = everyPlace();
        QueueName place = places.get(random.nextInt(places.size()));
        String token = "t-" + claims++;
        for (Job job : answer(store.leases().claim(SomeClaim.of(place, "w", token, 1, Duration.ofDays(1))))
                .jobs()) {
            assertThat(acknowledged.put(job.id().value(), true))
                    .as("%s ran before", job.id())
                    .isFalse();
            answer(store.leases()
                    .settle(place, List.of(new Settlement.Complete(new Lease(job.id(), token), Optional.empty()))));
        }
    }

    private void check(long seed) {
        Map<String, QueueName> seen = new HashMap<>();
        Map<String, QueueName> groups = new HashMap<>();
        for (QueueName place : everyPlace()) {
            for (String id : acknowledged.keySet()) {
                Optional<Job> job = answer(store.store().find(place, new JobId(id)));
                job.ifPresent(found -> {
                    assertThat(seen.put(id, place))
                            .as("%s is in two places, seed %d", id, seed)
                            .isNull();
                    if (!found.state().ended() && found.spec().options().group() != null) {
                        QueueName other =
                                groups.put(found.spec().options().group().id(), place);
                        assertThat(other == null || other.equals(place))
                                .as("group of %s is in two places, seed %d", id, seed)
                                .isTrue();
                    }
                });
            }
        }
        assertThat(seen.keySet()).as("seed %d", seed).containsAll(acknowledged.keySet());
    }

    private void finish(long seed) {
        check(seed);
        Spread fresh = Spread.over(store);
        answer(fresh.policies().refresh());
        for (String id : acknowledged.keySet()) {
            assertThat(answer(fresh.jobs().find(QUEUE, new JobId(id))))
                    .as("%s, seed %d", id, seed)
                    .isPresent();
        }
        for (int i = 0; i < 4; i++) {
            store.letPass(Duration.ofSeconds(20));
            answer(fresh.resizer().goOn(store.now()));
            answer(fresh.policies().refresh());
        }
        assertThat(answer(fresh.jobs().enqueue(JobDraft.job(QUEUE, "last").build())))
                .as("seed %d", seed)
                .isInstanceOf(Enqueued.Created.class);
        while (acknowledged.containsValue(false)) {
            runOne();
            acknowledged.putIfAbsent("last", false);
        }
    }

    private static List<QueueName> everyPlace() {
        Set<QueueName> places = new HashSet<>();
        for (int count : COUNTS) {
            Layout.parts(QUEUE, count).forEach(places::add);
        }
        return List.copyOf(places);
    }

    private void tryTo(Supplier<Uni<?>> step) {
        try {
            answer(step.get());
        } catch (MainstayException | IllegalStateException e) {
            // Refused, or it died; somebody goes on.
        }
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }

    /** Steps that fail now and then, done or not. */
    private final class Dying implements PlaceStore {

        private final PlaceStore places;

        Dying(PlaceStore places) {
            this.places = places;
        }

        @Override
        public Uni<Void> close(QueueName place, long epoch) {
            return perhaps(() -> places.close(place, epoch));
        }

        @Override
        public Uni<Void> open(QueueName place, long epoch) {
            return perhaps(() -> places.open(place, epoch));
        }

        @Override
        public Uni<Void> note(QueueName queue, QueuePolicy policy) {
            return perhaps(() -> places.note(queue, policy));
        }

        @Override
        public Uni<Void> forget(QueueName queue) {
            return perhaps(() -> places.forget(queue));
        }

        private Uni<Void> perhaps(Supplier<Uni<Void>> step) {
            int fate = random.nextInt(12);
            Uni<Void> death = Uni.createFrom().failure(new IllegalStateException("died"));
            if (fate == 0) {
                return death;
            }
            return fate == 1 ? step.get().chain(() -> death) : step.get();
        }
    }
}
