package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Sends the requests of jobs, through one pool of connections. Thread-safe; holds no thread while waiting. */
@Singleton
class HttpSender {

    /** How long a connection to a new target is watched for more than its answer. */
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final HttpClient client;
    private final int maxBody;

    @Inject
    HttpSender(Vertx vertx, HttpConfig config, HttpSettings settings) {
        this(vertx, config, settings.maxResponse(), new QuietTargets(WATCH, QuietTargets.PROOFS, System::nanoTime));
    }

    /** @param maxBody bytes of a response that are read */
    HttpSender(Vertx vertx, HttpConfig config, int maxBody, QuietTargets targets) {
        this.vertx = vertx;
        this.maxBody = maxBody;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                // The attempt's own span is what the receiver is to see, once.
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setKeepAliveTimeout((int) config.keepAlive().toSeconds());
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(config.connections())
                .setMaxWaitQueueSize(config.maxWaiting())
                // Else connections, and their TLS, would all live on the event loop that claims and settles jobs.
                .setEventLoopSize(Runtime.getRuntime().availableProcessors());
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> GuardedConnections.guard(connection, targets))
                .build();
    }

    /** Sends the job's request; fails with {@link java.util.concurrent.TimeoutException} when the job's time is over. */
    Uni<Answer> send(HttpJob job, JobContext attempt) {
        Duration limit = attempt.timeLeft();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(job.method()))
                .setSsl(job.url().ssl())
                .setHost(job.url().host())
                .setPort(job.url().port())
                .setURI(job.url().requestUri())
                .setFollowRedirects(false)
                // The wait for a connection; what comes after is timed by the exchange.
                .setConnectTimeout(Math.max(1, limit.toMillis()));
        options.putHeader("User-Agent", "Mainstay").putHeader("Idempotency-Key", attempt.idempotencyKey());
        attempt.trace().ifPresent(trace -> options.putHeader("traceparent", trace.value()));
        job.headers().forEach(options::putHeader);
        options.putHeader("Mainstay-Job-Id", attempt.id().value())
                .putHeader("Mainstay-Queue", attempt.queue().value())
                .putHeader("Mainstay-Attempt", Integer.toString(attempt.attempt()))
                .putHeader("Mainstay-Fence", Long.toString(attempt.fence()));
        if (job.body() == null && job.expectsBody()) {
            options.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        return Exchange.send(vertx, client, options, job.body(), limit, maxBody);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
