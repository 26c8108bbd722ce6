package io.mainstay.demo;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Fails every attempt with {@code {"message": "…"}}, so that retries and dead jobs can be watched. */
@Singleton
@Identifier("fail")
class FailHandler extends DemoHandler {

    private final DemoPayload payload;

    FailHandler(DemoConfig config, DemoPayload payload) {
        super(config);
        this.payload = payload;
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        String message = payload.text(job.payload(), "message").orElse("failed as asked");
        return Uni.createFrom().item(Outcome.retry("demo", message));
    }
}
