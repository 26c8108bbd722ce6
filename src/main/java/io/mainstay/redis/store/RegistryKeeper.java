package io.mainstay.redis.store;

import io.mainstay.job.JobIds;
import io.mainstay.redis.connection.StoreGate;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells Redis again which queues there are as soon as it may have forgotten: a link was lost, a node was restarted, promoted
 * or demoted, its scripts are gone (see {@link StoreGate#doubts()}). Goes on until Redis has it. In a cluster it also has one
 * instance a minute go through the registries of all slots.
 */
public final class RegistryKeeper {

    private static final Logger LOG = Logger.getLogger(RegistryKeeper.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** How often an instance asks for its turn to walk. */
    private static final int TICKS_BETWEEN_WALKS = 30;

    private static final Duration WALK_EVERY = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final QueueRegistry registry;
    private final RegistryWalk walk;
    private final StoreGate gate;
    private final JobIds ids;
    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicBoolean walking = new AtomicBoolean();
    /** Both on the event loop of the timer. */
    private int doubtsSeen;

    private int ticks;
    private volatile long timer;

    RegistryKeeper(Vertx vertx, QueueRegistry registry, RegistryWalk walk, StoreGate gate, JobIds ids) {
        this.vertx = vertx;
        this.registry = registry;
        this.walk = walk;
        this.gate = gate;
        this.ids = ids;
    }

    /** To be called once. */
    public void start() {
        timer = vertx.setPeriodic(TICK.toMillis(), fired -> tick());
    }

    public void close() {
        vertx.cancelTimer(timer);
    }

    private void tick() {
        if (!gate.open()) {
            return;
        }
        int doubts = gate.doubts();
        if (doubts != doubtsSeen) {
            doubtsSeen = doubts;
            registry.doubt();
        }
        if (registry.owes() && telling.compareAndSet(false, true)) {
            end(registry.tellOwed(), telling, "queues were not told again");
        }
        if (ticks++ % TICKS_BETWEEN_WALKS == 0 && walk.needed() && walking.compareAndSet(false, true)) {
            end(walk.ifTurn(ids.nextToken(), WALK_EVERY), walking, "registries were not gone through");
        }
    }

    private static void end(Uni<Void> task, AtomicBoolean underWay, String failed) {
        task.onTermination()
                .invoke(() -> underWay.set(false))
                .subscribe()
                .with(done -> {}, error -> LOG.debugf(error, "%s; the next try comes soon", failed));
    }
}
