package io.mainstay.lease.report;

import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads {@link ReportBody}; no body at all says nothing. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ReportBodyReader extends JsonBodyReader<ReportBody> {

    ReportBodyReader(BodyLimit limit) {
        super(ReportBody.class, limit);
    }

    @Override
    protected ReportBody read(byte[] body) throws IOException {
        return ReportBody.read(body);
    }
}
