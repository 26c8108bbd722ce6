package io.mainstay.lease.claim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.rest.JsonBodyWriter;
import io.mainstay.rest.job.JobSerializer;
import io.mainstay.rest.job.JobView;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Writes {@link LeaseAnswer}: jobs as everywhere, each with its lease. Thread-safe. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class LeaseAnswerWriter extends JsonBodyWriter<LeaseAnswer> {

    /** Bytes that an answer without a job has at most. */
    private static final int EMPTY = 64;
    /** Bytes that an answer with few small jobs has at most. */
    private static final int USUAL = 2048;

    LeaseAnswerWriter(ObjectMapper mapper) {
        super(LeaseAnswer.class, mapper);
    }

    @Override
    protected int usualBytes(LeaseAnswer answer) {
        return answer.jobs().isEmpty() ? EMPTY : USUAL;
    }

    @Override
    protected void handingOver(LeaseAnswer answer) {
        answer.delivery().writes(answer.jobs());
    }

    @Override
    protected void write(LeaseAnswer answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("jobs");
        for (int i = 0; i < answer.jobs().size(); i++) {
            write(answer.jobs().get(i), answer.tokens().get(i), json);
        }
        json.writeEndArray();
        if (answer.reports() != null) {
            json.writeFieldName("reports");
            mapper().writeValue(json, answer.reports());
        }
        json.writeBooleanField("drain", answer.drain());
        if (answer.problem() != null) {
            json.writeFieldName("problem");
            mapper().writeValue(json, answer.problem());
        }
        json.writeEndObject();
    }

    /** Whoever is to run a job sees its payload. */
    private static void write(LeasedJob leased, String token, JsonGenerator json) throws IOException {
        JobSerializer.write(new JobView(leased.job(), false), json, more -> {
            more.writeObjectFieldStart("lease");
            more.writeStringField("token", token);
            more.writeNumberField("fence", leased.job().status().starts().claims());
            more.writeStringField("until", JobSerializer.text(leased.until()));
            more.writeNumberField(
                    "remaining", leased.remaining(System.nanoTime()).toMillis());
            more.writeEndObject();
        });
    }
}
