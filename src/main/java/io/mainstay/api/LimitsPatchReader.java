package io.mainstay.api;

import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads {@link LimitsPatch}: what is left out stays as it is, null removes a limit (JSON Merge Patch, RFC 7396). */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class LimitsPatchReader extends JsonBodyReader<LimitsPatch> {

    LimitsPatchReader(BodyLimit limit) {
        super(LimitsPatch.class, limit);
    }

    @Override
    protected LimitsPatch read(byte[] body) throws IOException {
        return LimitsBody.read(body).patch();
    }
}
