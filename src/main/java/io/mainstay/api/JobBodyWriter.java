package io.mainstay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.mainstay.job.Job;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes a job as one block of bytes. The general writer goes through a stream made for bodies of any length, which
 * costs more than making the text does, on the path of every enqueue.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class JobBodyWriter implements ServerMessageBodyWriter<Job> {

    private final ObjectWriter jobs;

    JobBodyWriter(ObjectMapper mapper) {
        this.jobs = mapper.writerFor(Job.class);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type == Job.class;
    }

    @Override
    public void writeResponse(Job job, Type generic, ServerRequestContext context) throws IOException {
        context.serverResponse().end(jobs.writeValueAsBytes(job));
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Job.class;
    }

    @Override
    public void writeTo(
            Job job,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream)
            throws IOException {
        stream.write(jobs.writeValueAsBytes(job));
    }
}
