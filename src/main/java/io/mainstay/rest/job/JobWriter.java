package io.mainstay.rest.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.rest.JsonBodyWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Writes an answer that is one job, as every enqueue is answered. Thread-safe. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class JobWriter extends JsonBodyWriter<JobView> {

    private static final int MOST_ANSWERS = 1024;

    JobWriter(ObjectMapper mapper) {
        super(JobView.class, mapper);
    }

    @Override
    protected int usualBytes(JobView job) {
        return MOST_ANSWERS;
    }

    @Override
    protected void write(JobView job, JsonGenerator json) throws IOException {
        JobSerializer.write(job, json);
    }
}
