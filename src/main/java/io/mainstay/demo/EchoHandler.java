package io.mainstay.demo;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Succeeds with its payload as the result. */
@Singleton
@Identifier("echo")
class EchoHandler extends DemoHandler {

    EchoHandler(DemoConfig config) {
        super(config);
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        return Uni.createFrom().item(Outcome.success(job.payload()));
    }
}
