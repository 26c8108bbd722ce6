package io.mainstay.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Makes a request type out of a body that has arrived as a whole. */
public abstract class JsonBodyReader<T> implements ServerMessageBodyReader<T> {

    private final Class<T> type;
    private final BodyLimit limit;

    protected JsonBodyReader(Class<T> type, BodyLimit limit) {
        this.type = type;
        this.limit = limit;
    }

    protected abstract T read(byte[] body) throws IOException;

    @Override
    public final boolean isReadable(
            Class<?> wanted, Type generic, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return wanted == type;
    }

    @Override
    public final T readFrom(Class<T> wanted, Type generic, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return readWithin(context.getInputStream());
    }

    @Override
    public final boolean isReadable(Class<?> wanted, Type generic, Annotation[] annotations, MediaType mediaType) {
        return wanted == type;
    }

    @Override
    public final T readFrom(
            Class<T> wanted,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        return readWithin(stream);
    }

    /** A declared length was checked before; a body in chunks declares none. */
    private T readWithin(InputStream stream) throws IOException {
        byte[] body = bytes(stream);
        if (!limit.allows(body.length)) {
            throw new BodyTooLargeException();
        }
        return read(body);
    }

    /** One that is in memory as a whole is copied as it is; to read at most so much of a stream takes a buffer of 8 KiB. */
    private byte[] bytes(InputStream stream) throws IOException {
        return stream instanceof ByteArrayInputStream whole && limit.allows(whole.available())
                ? whole.readAllBytes()
                : stream.readNBytes(limit.enough());
    }
}
