package io.mainstay.scaling;

import io.mainstay.process.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs of equal length at a rate that can be changed; none is sent twice. */
final class SteadyLoad implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<CompletableFuture<Integer>> answers = new ConcurrentLinkedQueue<>();
    private final ServiceProcess service;
    private final String queue;
    private final Duration length;
    private ScheduledFuture<?> flow;

    SteadyLoad(ServiceProcess service, String queue, Duration length) {
        this.service = service;
        this.queue = queue;
        this.length = length;
    }

    void rate(int perSecond) {
        if (flow != null) {
            flow.cancel(false);
        }
        flow = clock.scheduleAtFixedRate(this::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Ends it. @return jobs that were acknowledged, all that were sent */
    long end() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(5, TimeUnit.SECONDS);
        long acknowledged =
                answers.stream().filter(answer -> answer.join() == 201).count();
        if (acknowledged != count.get()) {
            throw new AssertionError("%d of %d jobs were acknowledged".formatted(acknowledged, count.get()));
        }
        return acknowledged;
    }

    private void send() {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/v1/queues/" + queue + "/jobs"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"id": "%d", "handler": "sleep", "payload": {"duration": "%s"}}""".formatted(count.getAndIncrement(), length)))
                .build();
        answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
