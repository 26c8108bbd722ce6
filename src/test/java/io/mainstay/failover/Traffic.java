package io.mainstay.failover;

import io.mainstay.process.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A steady flow of jobs of 20 ms, sent whether or not earlier ones were answered, as callers do who know nothing of
 * each other. Nothing is repeated: what a caller saw is what is counted.
 */
final class Traffic implements AutoCloseable {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_DEADLINE)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<CompletableFuture<Answer>> answers = new ConcurrentLinkedQueue<>();
    private final ServiceProcess service;
    private final String queue;
    private final String extra;

    /** @param extra members of the request besides id, handler and payload, each followed by a comma; may be empty */
    Traffic(ServiceProcess service, String queue, int perSecond, String extra) {
        this.service = service;
        this.queue = queue;
        this.extra = extra;
        clock.scheduleAtFixedRate(this::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Sends no more, waits for the answers under way, and tells all there were. */
    List<Answer> end() {
        clock.shutdown();
        try {
            clock.awaitTermination(ANSWER_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private void send() {
        String id = "job-" + count.getAndIncrement();
        HttpRequest request = HttpRequest.newBuilder(service.uri("/v1/queues/" + queue + "/jobs"))
                .timeout(ANSWER_DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"id": "%s", %s "handler": "sleep", "payload": {"duration": "PT0.02S"}}""".formatted(id, extra)))
                .build();
        long sent = System.nanoTime();
        answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> new Answer(
                        id, failure == null ? response.statusCode() : 0, Duration.ofNanos(System.nanoTime() - sent))));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
