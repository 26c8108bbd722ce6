package io.mainstay.rest.job;

import io.mainstay.handler.PayloadCheck;
import io.mainstay.job.Backoff;
import io.mainstay.job.Durability;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.TraceParent;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.handlers.DeclaredHandler;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.mainstay.queue.places.NewJobIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what a caller wrote into a job: fills in the defaults, finds the handler, settles the id. */
@Singleton
public class JobIntake {

    public static final HandlerName HTTP = new HandlerName("http");
    private static final int DEFAULT_PRIORITY = 4;
    private static final int LONGEST_KEY = 255;

    private final HandlerCheck handlers;
    private final Map<HandlerName, PayloadCheck> checks;
    private final HandlerDeclarations declared;
    private final NewJobIds ids;
    private final int maxAttempts;
    private final Backoff.Exponential backoff;
    private final Duration timeout;
    private final Duration expiresIn;
    private final Durability durability;
    private final long maxPayload;

    JobIntake(
            HandlerCheck handlers,
            Instance<PayloadCheck> checks,
            HandlerDeclarations declared,
            NewJobIds ids,
            JobsConfig defaults) {
        this.handlers = handlers;
        this.checks = checks.stream().collect(Collectors.toMap(PayloadCheck::handler, Function.identity()));
        this.declared = declared;
        this.ids = ids;
        this.maxAttempts = defaults.defaultMaxAttempts();
        this.backoff = new Backoff.Exponential(defaults.defaultBackoffInitial(), defaults.defaultBackoffMax());
        this.timeout = defaults.defaultTimeout();
        this.expiresIn = defaults.defaultExpiresIn().orElse(null);
        this.durability = defaults.defaultDurability();
        this.maxPayload = defaults.maxPayload().asLongValue();
    }

    /**
     * To be called before {@code accept}, and waited for: finds out about handlers that are not known here yet, in most cases without asking
     * the store. Fails if that cannot be told for now.
     */
    public Uni<Void> prepare(JobRequest request) {
        return handlers.lookUp(request.handler());
    }

    /** The same for several. */
    public Uni<Void> prepare(JobRequest[] requests) {
        return handlers.lookUp(Stream.of(requests).map(JobRequest::handler).toList());
    }

    /**
     * @param idempotencyKey as the caller sent it, or null
     * @param traceparent as the caller sent it, or null
     */
    public NewJob accept(QueueName queue, JobRequest request, String idempotencyKey, String traceparent) {
        return accept(queue, request, idempotencyKey, "", traceparent);
    }

    /** @param scope what the key stands for, if not for the one job of a request: see {@link #idOf} */
    public NewJob accept(QueueName queue, JobRequest request, String idempotencyKey, String scope, String traceparent) {
        HandlerName handler = handlerOf(request);
        Json payload = payloadOf(request);
        PayloadCheck check = checks.get(handler);
        String target = check == null ? null : check.accept(payload).orElse(null);
        DeclaredHandler type = declared.of(handler);
        // One that is too large is refused for that, and not looked through.
        if (type.check() != null && payload.text().length() <= maxPayload) {
            type.check().check(payload);
        }
        JobSpec spec = new JobSpec(
                handler,
                payload,
                Objects.requireNonNullElse(request.priority(), DEFAULT_PRIORITY),
                retryOf(request, type),
                first(request.timeout(), type.timeout(), timeout),
                options(request, traceparent, target));
        return new NewJob(
                queue,
                idOf(queue, request.id(), idempotencyKey, scope),
                spec,
                request.start(),
                durabilityOf(request),
                request.id() != null || idempotencyKey != null);
    }

    /** What it asks for, or the default. */
    public Durability durabilityOf(JobRequest request) {
        return Objects.requireNonNullElse(request.durability(), durability);
    }

    private JobOptions options(JobRequest request, String traceparent, String target) {
        Duration expiry = request.expiresIn() == null ? expiresIn : request.expiresIn();
        TraceParent trace = TraceParent.ofHeader(traceparent).orElse(null);
        boolean plain = trace == null
                && request.unique() == null
                && expiry == null
                && request.group() == null
                && request.deadline() == null
                && target == null;
        return plain
                ? JobOptions.NONE
                : new JobOptions(trace, request.unique(), expiry, request.group(), request.deadline(), target);
    }

    private HandlerName handlerOf(JobRequest request) {
        HandlerName handler = request.handler();
        if (request.http() != null) {
            if (handler != null && !handler.equals(HTTP)) {
                throw new InvalidValueException("handler", handler, "http, or left out, when http is given");
            }
            handler = HTTP;
        }
        handlers.check(handler);
        return handler;
    }

    /** An http job is described by its {@code http} object and nothing else, so that there is one way to say it. */
    private static Json payloadOf(JobRequest request) {
        if (request.http() != null && request.payload() != null) {
            throw new InvalidValueException("payload", request.payload(), "left out when http is given");
        }
        if (request.http() == null && HTTP.equals(request.handler())) {
            throw new InvalidValueException("http", null, "given for the handler http");
        }
        if (request.http() != null) {
            return request.http();
        }
        return Objects.requireNonNullElse(request.payload(), Json.NULL);
    }

    private RetryPolicy retryOf(JobRequest request, DeclaredHandler type) {
        Backoff usual = Objects.requireNonNullElse(type.backoff(), backoff);
        return new RetryPolicy(
                first(request.maxAttempts(), type.maxAttempts(), maxAttempts),
                request.backoff() == null
                        ? usual
                        : request.backoff().toBackoff(usual instanceof Backoff.Exponential some ? some : backoff));
    }

    private static <T> T first(T asked, T declared, T configured) {
        return asked != null ? asked : Objects.requireNonNullElse(declared, configured);
    }

    /**
     * For jobs that were described before.
     *
     * @throws InvalidValueException if the payload does not fit the schema of its handler, as that is now
     */
    public void checkPayload(JobSpec spec) {
        DeclaredHandler type = declared.of(spec.handler());
        if (type.check() != null) {
            type.check().check(spec.payload());
        }
    }

    /**
     * The queue that a job goes to by its handler alone.
     *
     * @throws InvalidValueException if nobody has declared that
     */
    public QueueName queueOf(JobRequest request) {
        HandlerName handler = handlerOf(request);
        QueueName queue = declared.of(handler).queue();
        if (queue == null) {
            throw new InvalidValueException(
                    "handler", handler, "one for which PUT /v1/handlers/{name} has declared a queue");
        }
        return queue;
    }

    /**
     * @param id, idempotencyKey as the caller sent them, or null
     * @param scope printable, or empty: the same key gives another id in another scope
     */
    public JobId idOf(QueueName queue, JobId id, String idempotencyKey, String scope) {
        if (id != null) {
            ReservedIds.check(id);
        }
        if (idempotencyKey == null) {
            return id == null ? ids.next(queue) : id;
        }
        if (id != null) {
            throw new InvalidValueException("id", id, "left out when Idempotency-Key is given");
        }
        boolean printable = idempotencyKey.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY || !printable) {
            throw new InvalidValueException(
                    "Idempotency-Key", idempotencyKey, "1 to " + LONGEST_KEY + " printable ASCII characters");
        }
        // No key has a line break.
        return JobIds.ofIdempotencyKey(queue, scope.isEmpty() ? idempotencyKey : idempotencyKey + '\n' + scope);
    }
}
