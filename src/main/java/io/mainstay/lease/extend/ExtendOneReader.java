package io.mainstay.lease.extend;

import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads {@link ExtendOneRequest}; no body at all asks for the length that the lease had at first. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ExtendOneReader extends JsonBodyReader<ExtendOneRequest> {

    ExtendOneReader(BodyLimit limit) {
        super(ExtendOneRequest.class, limit);
    }

    @Override
    protected ExtendOneRequest read(byte[] body) throws IOException {
        Extension.Draft draft = new Extension.Draft();
        if (body.length > 0) {
            StrictJson.read(body, (name, json) -> {
                // That is in the path.
                if (name.equals("token")) {
                    throw json.unknownField();
                }
                draft.take(name, json);
            });
        }
        return new ExtendOneRequest(draft);
    }
}
