package io.mainstay.rest.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * Writes an answer that is one job: the bytes that Jackson would write, without its look-up of how a type is written and
 * the stream in between, as every enqueue is answered so. Thread-safe.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class JobWriter implements ServerMessageBodyWriter<JobView> {

    /** Bytes that most answers have at most. */
    private static final int MOST_ANSWERS = 1024;

    private final ObjectMapper mapper;

    JobWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == JobView.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == JobView.class;
    }

    @Override
    public void writeResponse(JobView job, Type generic, ServerRequestContext context) throws IOException {
        context.serverResponse().end(bytes(job));
    }

    @Override
    public void writeTo(
            JobView job,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(bytes(job));
    }

    private byte[] bytes(JobView job) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(MOST_ANSWERS);
        try (JsonGenerator json = mapper.getFactory().createGenerator(out)) {
            JobSerializer.write(job, json);
        }
        return out.toByteArray();
    }
}
