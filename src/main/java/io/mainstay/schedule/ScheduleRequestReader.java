package io.mainstay.schedule;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import io.mainstay.rest.job.JobRequest;
import io.mainstay.rest.job.JobRequestReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

/** Reads {@link ScheduleRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ScheduleRequestReader extends JsonBodyReader<ScheduleRequest> {

    ScheduleRequestReader(BodyLimit limit) {
        super(ScheduleRequest.class, limit);
    }

    @Override
    protected ScheduleRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return draft.finish();
    }

    private static final class Draft implements StrictJson.Fields {

        private String cron;
        private String timeZone;
        private Timing.Gap gap;
        private Timing.Overlap overlap;
        private Misfire.Policy misfire;
        private Integer misfireLimit;
        private String queue;
        private JobRequest job;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "cron" -> cron = json.text();
                case "timeZone" -> timeZone = json.text();
                case "gap" -> gap = ifGiven(json.text(), Timing.Gap::ofWireName);
                case "overlap" -> overlap = ifGiven(json.text(), Timing.Overlap::ofWireName);
                case "misfire" -> misfire = ifGiven(json.text(), Misfire.Policy::ofWireName);
                case "misfireLimit" -> misfireLimit = json.integer();
                case "queue" -> queue = json.text();
                case "job" -> job = JobRequestReader.nested("job", json);
                default -> throw json.unknownField();
            }
        }

        ScheduleRequest finish() {
            if (job == null) {
                throw new InvalidValueException("job", null, "an object with a handler");
            }
            return new ScheduleRequest(
                    cron,
                    Timing.zone(Objects.requireNonNullElse(timeZone, "UTC")),
                    gap,
                    overlap,
                    misfire(),
                    new QueueName(queue),
                    job);
        }

        private Misfire misfire() {
            Misfire.Policy policy = Objects.requireNonNullElse(misfire, Misfire.DEFAULT.policy());
            if (misfireLimit != null && policy != Misfire.Policy.ALL) {
                throw new InvalidValueException("misfireLimit", misfireLimit, "left out unless misfire is all");
            }
            return new Misfire(policy, Objects.requireNonNullElse(misfireLimit, Misfire.DEFAULT_LIMIT));
        }

        private static <T> T ifGiven(String text, Function<String, T> known) {
            return text == null ? null : known.apply(text);
        }
    }
}
