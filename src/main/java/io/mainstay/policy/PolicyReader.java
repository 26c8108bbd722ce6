package io.mainstay.policy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Reads a {@link QueuePolicy} of a request; what is left out is as without a policy. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class PolicyReader extends JsonBodyReader<QueuePolicy> {

    PolicyReader(BodyLimit limit) {
        super(QueuePolicy.class, limit);
    }

    @Override
    protected QueuePolicy read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new QueuePolicy(draft.partitions, draft.critical, draft.hold);
    }

    private static final class Draft implements StrictJson.Fields {

        private int partitions = 1;
        private Critical critical = Critical.NONE;
        private Duration hold = QueuePolicy.NONE.hold();

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "partitions" -> {
                    Integer value = json.integer();
                    partitions = value == null ? 1 : value;
                }
                case "critical" -> critical = critical(json.text());
                case "hold" -> {
                    Duration value = json.duration();
                    hold = value == null ? hold : value;
                }
                default -> throw json.unknownField();
            }
        }

        private static Critical critical(String text) {
            if (text == null) {
                return Critical.NONE;
            }
            return Arrays.stream(Critical.values())
                    .filter(each -> each != Critical.NONE && each.wireName().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValueException("critical", text, "active-active or mirrored"));
        }
    }
}
