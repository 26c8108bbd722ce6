package io.mainstay.hook;

import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads a {@link Hook} of a request. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class HookReader extends JsonBodyReader<Hook> {

    HookReader(BodyLimit limit) {
        super(Hook.class, limit);
    }

    @Override
    protected Hook read(byte[] body) throws IOException {
        return HookText.read(body);
    }
}
