package io.mainstay.lease;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.MainstayException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.attempt.StartedAttempt;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is signed of a {@link LeaseToken}: version, store and purpose, then numbers of as many bytes as they need (seven bits each, the
 * lowest first) and texts after their length. Each token has one content.
 */
final class LeaseTokenCodec {

    private static final int VERSION = 1;
    private static final int FIRST_STORE = 0;
    private static final int LEASE = 'l';
    private static final int NO_DEADLINE = 0;
    private static final int GROUP = 7;
    private static final int MORE = 1 << GROUP;

    private LeaseTokenCodec() {}

    static byte[] write(LeaseToken token) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(VERSION);
        out.write(FIRST_STORE);
        out.write(LEASE);
        LeaseToken.Terms terms = token.terms();
        StartedAttempt attempt = token.attempt();
        number(out, token.fence());
        number(out, token.length().toMillis());
        number(out, attempt.attempt());
        number(out, attempt.startedAt().toEpochMilli());
        number(out, attempt.runAt().toEpochMilli());
        number(out, terms.maxAttempts());
        number(out, terms.backoff().toMillis());
        number(out, terms.timeout().toMillis());
        number(out, terms.deadline() == null ? NO_DEADLINE : terms.deadline().toEpochMilli());
        text(out, attempt.queue().value());
        text(out, attempt.id().value());
        text(out, attempt.handler().value());
        text(out, token.lease().token());
        return out.toByteArray();
    }

    /** Empty if it is for another purpose, or of a version that is not known here. */
    static Optional<LeaseToken> read(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            boolean known = in.get() == VERSION & in.get() == FIRST_STORE & in.get() == LEASE;
            return known ? Optional.of(readToken(in)).filter(token -> !in.hasRemaining()) : Optional.empty();
        } catch (BufferUnderflowException | MainstayException torn) {
            return Optional.empty();
        }
    }

    private static LeaseToken readToken(ByteBuffer in) {
        long fence = number(in);
        Duration length = Duration.ofMillis(number(in));
        int attempt = (int) number(in);
        Instant startedAt = Instant.ofEpochMilli(number(in));
        Instant runAt = Instant.ofEpochMilli(number(in));
        int maxAttempts = (int) number(in);
        Duration backoff = Duration.ofMillis(number(in));
        Duration timeout = Duration.ofMillis(number(in));
        long deadline = number(in);
        QueueName queue = QueueName.stored(text(in));
        JobId id = new JobId(text(in));
        HandlerName handler = new HandlerName(text(in));
        return new LeaseToken(
                new StartedAttempt(queue, id, handler, attempt, runAt, startedAt),
                new Lease(id, text(in)),
                fence,
                length,
                new LeaseToken.Terms(
                        maxAttempts,
                        backoff,
                        timeout,
                        deadline == NO_DEADLINE ? null : Instant.ofEpochMilli(deadline)));
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long left = value;
        for (; left < 0 || left >= MORE; left >>>= GROUP) {
            out.write((int) (left & (MORE - 1)) | MORE);
        }
        out.write((int) left);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next = in.get();
        for (; next < 0; next = in.get(), shift += GROUP) {
            value |= (long) (next & (MORE - 1)) << shift;
        }
        return value | (long) next << shift;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static String text(ByteBuffer in) {
        long length = number(in);
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
