package io.mainstay.flow;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Has {@link FlowRounds} made for as long as the process lives, one after the other, whatever comes of each. */
@Singleton
class FlowTicker {

    private static final Logger LOG = Logger.getLogger(FlowTicker.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final FlowRounds rounds;
    private final long intervalMs;
    private volatile boolean stopped;

    FlowTicker(Vertx vertx, FlowRounds rounds, FlowsConfig config) {
        this.vertx = vertx;
        this.rounds = rounds;
        this.intervalMs = config.interval().toMillis();
    }

    void start(@Observes StartupEvent event) {
        next();
    }

    /** No round begins after this. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void next() {
        if (!stopped) {
            long half = intervalMs / 2;
            long wait = intervalMs - half / 2 + ThreadLocalRandom.current().nextLong(half + 1);
            vertx.setTimer(wait, fired -> run());
        }
    }

    private void run() {
        if (!stopped) {
            Uni.createFrom()
                    .deferred(rounds::round)
                    .ifNoItem()
                    .after(LONGEST_ROUND)
                    .fail()
                    .subscribe()
                    .with(done -> next(), failure -> {
                        LOG.debugf(failure, "no round of flows; the next one comes as usual");
                        next();
                    });
        }
    }
}
