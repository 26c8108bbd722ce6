package io.mainstay.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes answers of one type: the bytes that Jackson would write, without its look-up of how a type is written and the stream in between.
 * Thread-safe.
 */
public abstract class JsonBodyWriter<T> implements ServerMessageBodyWriter<T> {

    private final Class<T> type;
    private final ObjectMapper mapper;

    protected JsonBodyWriter(Class<T> type, ObjectMapper mapper) {
        this.type = type;
        this.mapper = mapper;
    }

    /** Bytes that most answers of this kind have at most. */
    protected abstract int usualBytes(T answer);

    protected abstract void write(T answer, JsonGenerator json) throws IOException;

    /** It is whole and will be handed over now. */
    protected void handingOver(T answer) {}

    protected final ObjectMapper mapper() {
        return mapper;
    }

    @Override
    public final boolean isWriteable(
            Class<?> written, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return written == type;
    }

    @Override
    public final boolean isWriteable(Class<?> written, Type generic, Annotation[] annotations, MediaType mediaType) {
        return written == type;
    }

    @Override
    public final void writeResponse(T answer, Type generic, ServerRequestContext context) throws IOException {
        byte[] bytes = bytes(answer);
        handingOver(answer);
        context.serverResponse().end(bytes);
    }

    @Override
    public final void writeTo(
            T answer,
            Class<?> written,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        byte[] bytes = bytes(answer);
        handingOver(answer);
        out.write(bytes);
    }

    private byte[] bytes(T answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(usualBytes(answer));
        try (JsonGenerator json = mapper.getFactory().createGenerator(out)) {
            write(answer, json);
        }
        return out.toByteArray();
    }
}
