package io.mainstay.jobtype;

import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Reads a {@link Declaration} of a request. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class DeclarationReader extends JsonBodyReader<Declaration> {

    private final DeclarationReading reading;

    DeclarationReader(BodyLimit limit, DeclarationReading reading) {
        super(Declaration.class, limit);
        this.reading = reading;
    }

    @Override
    protected Declaration read(byte[] body) throws IOException {
        return reading.read(body);
    }
}
