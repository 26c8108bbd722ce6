package io.mainstay.jobtype;

import io.mainstay.job.Backoff;
import io.mainstay.job.Bounds;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.InvalidValueException.Fault;
import io.mainstay.job.Json;
import io.mainstay.job.RetryPolicy;
import io.mainstay.jobtype.schema.PayloadSchema;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.handlers.DeclaredHandler;
import io.mainstay.rest.job.JobIntake;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Makes declarations of texts, those that callers send and those that are kept. Thread-safe. */
@Singleton
class DeclarationReading {

    private static final Logger LOG = Logger.getLogger(DeclarationReading.class);

    private final Backoff.Exponential backoff;
    private final int maxAttempts;
    private final Duration maxTimeout;

    DeclarationReading(JobsConfig jobs) {
        backoff = new Backoff.Exponential(jobs.defaultBackoffInitial(), jobs.defaultBackoffMax());
        maxAttempts = jobs.defaultMaxAttempts();
        maxTimeout = jobs.maxTimeout();
    }

    /** Reads what a caller wrote, but for whether it may be declared, see {@link #check}. */
    Declaration read(byte[] body) throws IOException {
        return DeclarationText.read(body, backoff);
    }

    /** @throws InvalidValueException if jobs could not have these defaults, its schema is none, or it may not be held */
    void check(HandlerName handler, Declaration declaration) {
        if (declaration.hold() != null && handler.equals(JobIntake.HTTP)) {
            throw new InvalidValueException(
                    "hold", "given", "left out for http: a failing target is held back by its circuit breaker");
        }
        new RetryPolicy(
                Objects.requireNonNullElse(declaration.maxAttempts(), maxAttempts),
                Objects.requireNonNullElse(declaration.backoff(), backoff));
        if (declaration.timeout() != null) {
            Bounds.between("timeout", declaration.timeout(), Duration.ofMillis(1), maxTimeout);
        }
        if (declaration.schema() != null) {
            PayloadSchema.of(declaration.schema());
        }
    }

    /** Reads one that is kept; null if that cannot be, as another release may have written it. */
    KnownDeclaration read(HandlerName handler, String text, String revision) {
        try {
            Declaration declaration = read(text.getBytes(StandardCharsets.UTF_8));
            return new KnownDeclaration(revision, declaration, asJobsSeeIt(handler, declaration));
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "The declaration of handler %s cannot be read and is ignored", handler);
            return null;
        }
    }

    private static DeclaredHandler asJobsSeeIt(HandlerName handler, Declaration declaration) {
        return new DeclaredHandler(
                declaration.queue(),
                declaration.maxAttempts(),
                declaration.backoff(),
                declaration.timeout(),
                declaration.schema() == null ? null : check(handler, PayloadSchema.of(declaration.schema())));
    }

    private static DeclaredHandler.Check check(HandlerName handler, PayloadSchema schema) {
        return (Json payload) -> {
            List<Fault> faults = schema.faults(payload);
            if (!faults.isEmpty()) {
                throw InvalidValueException.payload(handler, faults);
            }
        };
    }
}
