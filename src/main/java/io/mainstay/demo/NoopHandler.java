package io.mainstay.demo;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Succeeds at once: what is left is the cost of the job itself. */
@Singleton
@Identifier("noop")
class NoopHandler implements AsyncJobHandler {

    private final Uni<Outcome> success = Uni.createFrom().item(Outcome.success());
    private final DemoConfig config;

    NoopHandler(DemoConfig config) {
        this.config = config;
    }

    @Override
    public boolean enabled() {
        return config.demo();
    }

    @Override
    public boolean neverBlocks() {
        return true;
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        return success;
    }
}
