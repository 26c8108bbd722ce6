package io.mainstay.rest;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.handler.PayloadCheck;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;

/** Handlers for the tests of the API, which never run: the workers are switched off. */
final class ApiHandlers {

    private ApiHandlers() {}

    @Singleton
    @Identifier("api-test")
    static class Plain implements JobHandler {
        @Override
        public Outcome run(JobContext job) {
            return Outcome.success();
        }
    }

    @Singleton
    @Identifier("api-faulty")
    static class Faulty implements JobHandler {
        @Override
        public Outcome run(JobContext job) {
            return Outcome.success();
        }
    }

    /** Fails as the payload says, in place of whatever can fail in the service. */
    @Singleton
    static class Faults implements PayloadCheck {

        static final String SECRET = "LOADING Redis is loading the dataset in memory";

        @Override
        public HandlerName handler() {
            return new HandlerName("api-faulty");
        }

        @Override
        public void check(Json payload) {
            switch (payload.text()) {
                case "\"store\"" -> throw new StoreUnavailableException(SECRET, new IllegalStateException(SECRET));
                case "\"bug\"" -> throw new IllegalStateException(SECRET);
                case "\"error\"" -> throw new AssertionError(SECRET);
                default -> throw new InvalidValueException("payload", payload, "store, bug or error");
            }
        }
    }
}
