package io.mainstay.demo;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Succeeds after {@code {"duration": "PT3S"}}, holding no thread meanwhile. With {@code "steps": 4} it tells of its progress
 * so many times. With {@code "snooze": "PT1H"} it wants to be run again after that, when it has slept.
 */
@Singleton
@Identifier("sleep")
class SleepHandler extends DemoHandler {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_STEPS = 100;

    private final DemoPayload payload;
    private final Vertx vertx;

    SleepHandler(DemoConfig config, DemoPayload payload, Vertx vertx) {
        super(config);
        this.payload = payload;
        this.vertx = vertx;
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        try {
            Duration duration =
                    duration("duration", payload.text(job.payload(), "duration").orElse(""));
            Optional<String> snooze = payload.text(job.payload(), "snooze");
            Outcome outcome = snooze.isEmpty() ? Outcome.success() : Outcome.snooze(duration("snooze", snooze.get()));
            int steps = payload.number(job.payload(), "steps").orElse(0);
            Bounds.between("steps", steps, 0, MOST_STEPS);
            return steps == 0 ? sleep(duration, outcome) : sleep(duration, steps, job, outcome);
        } catch (InvalidValueException e) {
            return Uni.createFrom().item(Outcome.fail("demo", e.getMessage()));
        }
    }

    private static Duration duration(String field, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // Answered below, like a duration out of bounds.
        }
        throw new InvalidValueException(field, text, "between PT0S and " + LONGEST);
    }

    private Uni<Outcome> sleep(Duration duration, Outcome outcome) {
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(Math.max(1, duration.toMillis()), fired -> emitter.complete(outcome));
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        });
    }

    private Uni<Outcome> sleep(Duration duration, int steps, JobContext job, Outcome outcome) {
        Uni<Outcome> done = Uni.createFrom().item(outcome);
        for (int step = steps; step > 0; step--) {
            int number = step;
            Uni<Outcome> rest = done;
            done = sleep(duration.dividedBy(steps), outcome).chain(slept -> {
                String text = "step %d of %d".formatted(number, steps);
                job.progress(100 * number / steps, text);
                job.log(text);
                return rest;
            });
        }
        return done;
    }
}
