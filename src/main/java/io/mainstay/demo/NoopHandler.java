package io.mainstay.demo;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Succeeds at once: what is left is the cost of the job itself. */
@Singleton
@Identifier("noop")
class NoopHandler extends DemoHandler {

    private final Uni<Outcome> success = Uni.createFrom().item(Outcome.success());

    NoopHandler(DemoConfig config) {
        super(config);
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        return success;
    }
}
