package io.mainstay.flow;

import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has {@link FlowRounds} made for as long as the process lives. */
@Singleton
class FlowPoller {

    private final FlowsConfig config;
    private final RepeatingTask rounds;

    FlowPoller(Vertx vertx, FlowRounds rounds, FlowsConfig config) {
        this.config = config;
        this.rounds = new RepeatingTask(vertx, "flows", config.interval(), Logger.Level.DEBUG, () -> {
            rounds.begin();
            return Uni.createFrom().item(Optional.empty());
        });
    }

    void start(@Observes StartupEvent event) {
        FlowsConfig.check(config);
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
