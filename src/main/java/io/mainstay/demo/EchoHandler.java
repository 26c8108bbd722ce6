package io.mainstay.demo;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Succeeds with its payload as the result. */
@Singleton
@Identifier("echo")
class EchoHandler implements AsyncJobHandler {

    private final DemoConfig config;

    EchoHandler(DemoConfig config) {
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
        return Uni.createFrom().item(Outcome.success(job.payload()));
    }
}
