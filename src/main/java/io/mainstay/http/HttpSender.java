package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.mainstay.http.egress.Egress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;

/** Sends the requests of jobs, through one pool of connections. Thread-safe; holds no thread while waiting. */
@Singleton
class HttpSender {

    /** How long a connection to a new target is watched for more than its answer. */
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final HttpClient client;
    private final int maxBody;
    private final Duration overlapWait;
    private final RequestProofs proofs;
    private final Egress egress;

    @Inject
    HttpSender(Vertx vertx, HttpConfig config, HttpSettings settings, RequestProofs proofs, Egress egress) {
        this(
                vertx,
                config,
                settings.maxResponse(),
                new QuietTargets(WATCH, QuietTargets.PROOFS, System::nanoTime),
                proofs,
                egress);
    }

    /** @param maxBody bytes of a response that are read */
    HttpSender(Vertx vertx, HttpConfig config, int maxBody, QuietTargets targets, RequestProofs proofs, Egress egress) {
        this.vertx = vertx;
        this.maxBody = maxBody;
        this.overlapWait = config.overlapWait();
        this.proofs = proofs;
        this.egress = egress;
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

    /**
     * Sends the job's request. Fails with {@link java.util.concurrent.TimeoutException} when the job's time is over and the request was
     * sent, so that the receiver may have it.
     */
    Uni<Answer> send(HttpJob job, JobContext attempt) {
        return egress.addressOf(job.url()).flatMap(address -> sendTo(address, job, attempt));
    }

    private Uni<Answer> sendTo(SocketAddress address, HttpJob job, JobContext attempt) {
        return proofs.of(job, attempt).flatMap(headers -> exchange(address, job, attempt, headers));
    }

    private Uni<Answer> exchange(SocketAddress address, HttpJob job, JobContext attempt, Map<String, String> more) {
        TimeLimit limit = TimeLimit.of(job, attempt, overlapWait);
        RequestOptions options = JobRequest.of(job, attempt)
                .setServer(address)
                // The wait for a connection; what comes after is timed by the exchange.
                .setConnectTimeout(limit.limitMillis());
        more.forEach(options::putHeader);
        return Exchange.send(vertx, client, options, job.body(), limit, maxBody)
                .onFailure(ConnectException.class)
                .invoke(() -> egress.unreachable(job.url(), address));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
