package io.mainstay.api;

import io.mainstay.queue.QueueLimits;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads {@link QueueLimits}; what is left out is set back to its default. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class QueueLimitsReader extends JsonBodyReader<QueueLimits> {

    QueueLimitsReader(BodyLimit limit) {
        super(QueueLimits.class, limit);
    }

    @Override
    protected QueueLimits read(byte[] body) throws IOException {
        return LimitsBody.read(body).limits();
    }
}
