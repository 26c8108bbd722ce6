package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@link QueueLimits}; what is left out is set back to its default. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class QueueLimitsReader extends JsonBodyReader<QueueLimits> {

    QueueLimitsReader(BodyLimit limit) {
        super(QueueLimits.class, limit);
    }

    @Override
    protected QueueLimits read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new QueueLimits(
                draft.maxWaiting,
                draft.running.concurrency,
                draft.running.rate,
                draft.ofGroups.concurrency,
                draft.ofGroups.rate);
    }

    private static final class Draft implements StrictJson.Fields {

        private OptionalLong maxWaiting = OptionalLong.empty();
        private final Running running = new Running();
        private final Running ofGroups = new Running();

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "maxWaiting" -> {
                    Integer value = json.integer();
                    maxWaiting = value == null ? OptionalLong.empty() : OptionalLong.of(value);
                }
                case "groups" -> within("groups", json, ofGroups);
                default -> running.take(name, json);
            }
        }
    }

    /** Of a queue, or of each of its groups. */
    private static final class Running implements StrictJson.Fields {

        private OptionalInt concurrency = OptionalInt.empty();
        private Optional<Rate> rate = Optional.empty();

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "concurrency" -> {
                    Integer value = json.integer();
                    concurrency = value == null ? OptionalInt.empty() : OptionalInt.of(value);
                }
                case "rate" -> {
                    RateDraft draft = new RateDraft();
                    rate = json.object(draft) ? Optional.of(draft.finish()) : Optional.empty();
                }
                default -> throw json.unknownField();
            }
        }
    }

    private static final class RateDraft implements StrictJson.Fields {

        private Integer count;
        private Duration period;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "count" -> count = json.integer();
                case "period" -> period = json.duration();
                default -> throw json.unknownField();
            }
        }

        Rate finish() {
            if (count == null) {
                throw new InvalidValueException("rate.count", null, "given");
            }
            return new Rate(count, period);
        }
    }

    private static void within(String field, StrictJson json, StrictJson.Fields fields) throws IOException {
        try {
            json.object(fields);
        } catch (InvalidValueException e) {
            // What StrictJson says itself has the whole path.
            throw e.field().startsWith(field + ".") ? e : e.within(field);
        }
    }
}
