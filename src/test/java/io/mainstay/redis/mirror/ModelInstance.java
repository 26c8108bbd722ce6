package io.mainstay.redis.mirror;

import io.mainstay.job.Lease;
import io.mainstay.mirror.MirrorRounds;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.MirrorStatus;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.MirroredEnqueues;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** An instance of a model run, which may reach both stores, one, or none. */
final class ModelInstance {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final boolean[] reaches = {true, true};
    final MirrorSide[] sides = new MirrorSide[2];
    final LeaseStore[] leases = new LeaseStore[2];
    final MirrorRounds rounds;
    final MirroredEnqueues enqueues;
    final List<Held> held = new ArrayList<>();
    /** The latest epoch that it has seen. */
    private long heardOf;

    /** A job that it runs. */
    record Held(Lease lease, int store) {}

    ModelInstance(ModelStore[] stores, Duration hold, LongSupplier nanos, Random random) {
        for (int i = 0; i < 2; i++) {
            int which = i;
            ModelStore store = stores[i];
            sides[i] = new MirrorSide(
                    store.seenBy(() -> reaches[which], MirrorStore.class, store.redis.mirror(), random),
                    store.seenBy(() -> reaches[which], JobStore.class, store.redis.jobs(), random),
                    store.queue);
            leases[i] = store.seenBy(() -> reaches[which], LeaseStore.class, store.redis.leases(), random);
        }
        rounds = new MirrorRounds(stores[0].queue, sides[0], sides[1], hold, nanos);
        enqueues = new MirroredEnqueues(
                sides[0], sides[1], rounds::status, new MirroredEnqueues.Patience(PATIENCE, PATIENCE));
    }

    /** After a round. */
    void hear() {
        Stream.of(rounds.status().first(), rounds.status().second())
                .flatMap(Optional::stream)
                .flatMap(look -> look.mirror().stream())
                .forEach(mirror -> heardOf = Math.max(heardOf, mirror.epoch()));
    }

    /** One that has reached an older owner alone since the takeover cannot. */
    boolean couldKnowOfATakeoverSince(long epoch) {
        MirrorStatus status = rounds.status();
        return heardOf > epoch || status.first().isPresent() && status.second().isPresent();
    }
}
