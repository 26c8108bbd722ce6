package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.StartTime;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@link Rescheduling}; what is left out stays as it is. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ReschedulingReader extends JsonBodyReader<Rescheduling> {

    ReschedulingReader(BodyLimit limit) {
        super(Rescheduling.class, limit);
    }

    @Override
    protected Rescheduling read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return draft.finish();
    }

    private static final class Draft implements StrictJson.Fields {

        private Integer priority;
        private Duration delay;
        private Instant runAt;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "priority" -> priority = json.integer();
                case "delay" -> delay = json.duration();
                case "runAt" -> runAt = json.instant();
                default -> throw json.unknownField();
            }
        }

        Rescheduling finish() {
            Optional<StartTime> start = StartTime.of(delay, runAt);
            if (priority == null && start.isEmpty()) {
                throw new InvalidValueException("priority", null, "given, or delay or runAt");
            }
            return new Rescheduling(priority == null ? OptionalInt.empty() : OptionalInt.of(priority), start);
        }
    }
}
