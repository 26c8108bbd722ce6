package io.mainstay.lease.extend;

import io.mainstay.job.Json;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.List;

/** Reads {@link ExtendRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ExtendRequestReader extends JsonBodyReader<ExtendRequest> {

    ExtendRequestReader(BodyLimit limit) {
        super(ExtendRequest.class, limit);
    }

    @Override
    protected ExtendRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new ExtendRequest(draft.leases, draft.worker, draft.leaving);
    }

    private static final class Draft implements StrictJson.Fields {

        private List<Json> leases;
        private String worker;
        private boolean leaving;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "leases" -> leases = json.items();
                case "worker" -> worker = json.text();
                case "leaving" -> leaving = Boolean.TRUE.equals(json.flag());
                default -> throw json.unknownField();
            }
        }
    }
}
