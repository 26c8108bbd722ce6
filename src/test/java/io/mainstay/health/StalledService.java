package io.mainstay.health;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LostLease;
import io.mainstay.queue.Pruning;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.redis.LeaseStoreWrapper;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ways to stall a running service, out of use until a test uses them. */
final class StalledService {

    private StalledService() {}

    /** What a test can do to the service. */
    @Singleton
    static class Faults {
        volatile boolean swallowClaims;
        final CountDownLatch thaw = new CountDownLatch(1);
        final CountDownLatch giveIn = new CountDownLatch(1);
    }

    /** Holds up the event loop of the workers, which no handler may do. */
    @Singleton
    @Identifier("freeze")
    static class Freeze implements AsyncJobHandler {

        private final Faults faults;

        Freeze(Faults faults) {
            this.faults = faults;
        }

        @Override
        public Uni<Outcome> start(JobContext job) {
            try {
                faults.thaw.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Uni.createFrom().item(Outcome.success());
        }
    }

    /** Keeps its thread, whoever interrupts it. */
    @Singleton
    @Identifier("stubborn")
    static class Stubborn implements JobHandler {

        private final Faults faults;

        Stubborn(Faults faults) {
            this.faults = faults;
        }

        @Override
        public Outcome run(JobContext job) {
            while (true) {
                try {
                    faults.giveIn.await(60, TimeUnit.SECONDS);
                    return Outcome.success();
                } catch (InterruptedException e) {
                    // The time-out of the job; on it goes.
                }
            }
        }
    }

    /** Claims that are never answered, neither well nor badly; everything else is. */
    @Singleton
    static class SwallowedClaims implements LeaseStoreWrapper {

        private final Faults faults;

        SwallowedClaims(Faults faults) {
            this.faults = faults;
        }

        @Override
        public LeaseStore wrap(LeaseStore store) {
            return new SwallowingStore(store, faults);
        }
    }

    private record SwallowingStore(LeaseStore store, Faults faults) implements LeaseStore {

        @Override
        public Uni<Claimed> claim(ClaimRequest request) {
            return faults.swallowClaims ? Uni.createFrom().nothing() : store.claim(request);
        }

        @Override
        public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
            return store.latestToken(queue, claimant);
        }

        @Override
        public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
            return store.settle(queue, settlements);
        }

        @Override
        public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
            return store.extend(queue, leases, duration);
        }

        @Override
        public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
            return store.note(queue, notes);
        }

        @Override
        public Uni<Long> revoked(QueueName queue) {
            return store.revoked(queue);
        }

        @Override
        public Uni<Integer> prune(QueueName queue, Pruning pruning) {
            return store.prune(queue, pruning);
        }
    }
}
