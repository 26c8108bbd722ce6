package io.mainstay.lease.report;

import io.mainstay.job.Json;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link ReportsRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ReportsRequestReader extends JsonBodyReader<ReportsRequest> {

    ReportsRequestReader(BodyLimit limit) {
        super(ReportsRequest.class, limit);
    }

    @Override
    protected ReportsRequest read(byte[] body) throws IOException {
        List<Json> reports = new ArrayList<>();
        StrictJson.read(body, (name, json) -> {
            if (!name.equals("reports")) {
                throw json.unknownField();
            }
            List<Json> items = json.items();
            reports.addAll(items == null ? List.of() : items);
        });
        return new ReportsRequest(reports);
    }
}
