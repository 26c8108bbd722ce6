package io.mainstay.failover;

import io.mainstay.process.ServiceProcess;
import java.time.Instant;
import java.util.Map;

/** One address, with two instances that run no jobs: workers elsewhere lease them. */
final class WorkersElsewhere extends OneAddress {

    WorkersElsewhere() {
        super(2, Map.of("mainstay.worker.enabled", "false"));
    }

    @Override
    Workers workers(String queue) {
        return new RemoteWorkers(services(), queue);
    }

    /** The instance dies at which half of the workers wait; another one takes its place later. */
    static Fault<OneAddress> instanceKilled() {
        return trial -> {
            ServiceProcess victim = trial.site().services().get(0);
            Instant struck = Instant.now();
            victim.kill();
            trial.site().services().set(0, trial.site().startService().awaitReady());
            return struck;
        };
    }
}
