package io.mainstay.lease.claim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.rest.job.JobSerializer;
import io.mainstay.rest.job.JobView;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes {@link LeaseAnswer}: jobs as everywhere, each with its lease. Thread-safe. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class LeaseAnswerWriter implements ServerMessageBodyWriter<LeaseAnswer> {

    /** Bytes that an answer without a job has at most. */
    private static final int EMPTY = 64;
    /** Bytes that an answer with few small jobs has at most. */
    private static final int USUAL = 2048;

    private final ObjectMapper mapper;

    LeaseAnswerWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == LeaseAnswer.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == LeaseAnswer.class;
    }

    @Override
    public void writeResponse(LeaseAnswer answer, Type generic, ServerRequestContext context) throws IOException {
        byte[] bytes = bytes(answer);
        answer.delivery().writes(answer.jobs());
        context.serverResponse().end(bytes);
    }

    @Override
    public void writeTo(
            LeaseAnswer answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        byte[] bytes = bytes(answer);
        answer.delivery().writes(answer.jobs());
        out.write(bytes);
    }

    private byte[] bytes(LeaseAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(answer.jobs().isEmpty() ? EMPTY : USUAL);
        try (JsonGenerator json = mapper.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("jobs");
            for (int i = 0; i < answer.jobs().size(); i++) {
                write(answer.jobs().get(i), answer.tokens().get(i), json);
            }
            json.writeEndArray();
            if (answer.reports() != null) {
                json.writeFieldName("reports");
                mapper.writeValue(json, answer.reports());
            }
            json.writeBooleanField("drain", answer.drain());
            if (answer.problem() != null) {
                json.writeFieldName("problem");
                mapper.writeValue(json, answer.problem());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
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
