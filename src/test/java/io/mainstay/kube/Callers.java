package io.mainstay.kube;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers who enqueue at a steady rate, whatever becomes of earlier requests. Pods are asked in turn; a request that is
 * not acknowledged within the time-out is sent once more, to the next pod if there is another. The id makes that harmless.
 */
final class Callers implements AutoCloseable {

    /** Longer than the service tries Redis for, so that its own answer is heard. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TRIES = 2;

    /** Most jobs are short; one in this many runs on for a while, so that some always run. */
    private static final int LONG_EVERY = 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger turn = new AtomicInteger();
    private final Queue<CompletableFuture<Enqueueing>> requests = new ConcurrentLinkedQueue<>();
    private final Endpoints endpoints;
    private final String queue;
    private final String durability;
    private final String key;

    /** @param key of the API, which these callers send */
    Callers(Endpoints endpoints, String queue, int perSecond, String durability, String key) {
        this.endpoints = endpoints;
        this.queue = queue;
        this.durability = durability;
        this.key = key;
        clock.scheduleAtFixedRate(this::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Sends no more, and tells what became of all that was sent. */
    List<Enqueueing> end() {
        clock.shutdown();
        try {
            clock.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return requests.stream().map(CompletableFuture::join).toList();
    }

    private void send() {
        int number = turn.getAndIncrement();
        String id = "job-" + number;
        String body = """
                {"id": "%s", "handler": "sleep", "durability": "%s", "payload": {"duration": "%s"}}""".formatted(id, durability, number % LONG_EVERY == 0 ? "PT1S" : "PT0.02S");
        long sent = System.nanoTime();
        requests.add(attempt(body, number, 1)
                .thenApply(tries -> new Enqueueing(id, tries, Duration.ofNanos(System.nanoTime() - sent))));
    }

    /** Completes with the number of the try that was acknowledged, or 0. */
    private CompletableFuture<Integer> attempt(String body, int turn, int number) {
        return post(body, turn).thenCompose(acknowledged -> {
            if (acknowledged) {
                return CompletableFuture.completedFuture(number);
            }
            Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return number == TRIES
                    ? CompletableFuture.completedFuture(0)
                    : CompletableFuture.supplyAsync(() -> turn + 1, later)
                            .thenCompose(next -> attempt(body, next, number + 1));
        });
    }

    private CompletableFuture<Boolean> post(String body, int turn) {
        List<Pod> pods = endpoints.current();
        if (pods.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        pods.get(turn % pods.size()).uri("/v1/queues/" + queue + "/jobs"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null && response.statusCode() / 100 == 2);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
