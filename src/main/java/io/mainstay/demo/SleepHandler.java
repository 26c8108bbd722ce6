package io.mainstay.demo;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Succeeds after {@code {"duration": "PT3S"}}, holding no thread meanwhile. With {@code "steps": 4} it tells of its progress
 * so many times.
 */
@Singleton
@Identifier("sleep")
class SleepHandler implements AsyncJobHandler {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_STEPS = 100;

    private final DemoConfig config;
    private final DemoPayload payload;
    private final Vertx vertx;

    SleepHandler(DemoConfig config, DemoPayload payload, Vertx vertx) {
        this.config = config;
        this.payload = payload;
        this.vertx = vertx;
    }

    @Override
    public boolean enabled() {
        return config.demo();
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        String text = payload.text(job.payload(), "duration").orElse("");
        int steps = payload.number(job.payload(), "steps").orElse(0);
        if (steps < 0 || steps > MOST_STEPS) {
            String message = "steps is %d, but must be between 0 and %d".formatted(steps, MOST_STEPS);
            return Uni.createFrom().item(Outcome.fail("demo", message));
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return steps > 0 ? sleep(duration, steps, job) : sleep(duration);
            }
        } catch (DateTimeParseException notADuration) {
            // Answered below, like a duration out of bounds.
        }
        String message = "duration is '%s', but must be between PT0S and %s".formatted(text, LONGEST);
        return Uni.createFrom().item(Outcome.fail("demo", message));
    }

    private Uni<Outcome> sleep(Duration duration) {
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(Math.max(1, duration.toMillis()), fired -> emitter.complete(Outcome.success()));
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        });
    }

    private Uni<Outcome> sleep(Duration duration, int steps, JobContext job) {
        Uni<Outcome> done = Uni.createFrom().item(Outcome.success());
        for (int step = steps; step > 0; step--) {
            int number = step;
            Uni<Outcome> rest = done;
            done = sleep(duration.dividedBy(steps)).chain(slept -> {
                String text = "step %d of %d".formatted(number, steps);
                job.progress(100 * number / steps, text);
                job.log(text);
                return rest;
            });
        }
        return done;
    }
}
