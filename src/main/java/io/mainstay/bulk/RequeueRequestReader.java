package io.mainstay.bulk;

import io.mainstay.job.HandlerName;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Optional;

/** Reads {@link RequeueRequest}; no body at all means every dead job. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class RequeueRequestReader extends JsonBodyReader<RequeueRequest> {

    RequeueRequestReader(BodyLimit limit) {
        super(RequeueRequest.class, limit);
    }

    @Override
    protected RequeueRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        if (body.length > 0) {
            StrictJson.read(body, draft);
        }
        return draft.finish();
    }

    private static final class Draft implements StrictJson.Fields {

        private String handler;
        private String errorType;
        private String cursor;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "handler" -> handler = json.text();
                case "errorType" -> errorType = json.text();
                case "cursor" -> cursor = json.text();
                default -> throw json.unknownField();
            }
        }

        RequeueRequest finish() {
            return new RequeueRequest(
                    Optional.ofNullable(handler).map(HandlerName::new),
                    Optional.ofNullable(errorType),
                    Optional.ofNullable(cursor));
        }
    }
}
