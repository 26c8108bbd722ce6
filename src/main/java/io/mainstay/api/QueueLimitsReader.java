package io.mainstay.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads {@link QueueLimits}; what is left out is set back to its default. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class QueueLimitsReader extends JsonBodyReader<QueueLimits> {

    QueueLimitsReader(BodyLimit limit) {
        super(QueueLimits.class, limit);
    }

    @Override
    QueueLimits read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new QueueLimits(draft.maxWaiting);
    }

    private static final class Draft implements StrictJson.Fields {

        private OptionalLong maxWaiting = OptionalLong.empty();

        @Override
        public void take(String name, StrictJson json) throws IOException {
            if (!name.equals("maxWaiting")) {
                throw json.unknownField();
            }
            Integer value = json.integer();
            maxWaiting = value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }
}
