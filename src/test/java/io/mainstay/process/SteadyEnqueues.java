package io.mainstay.process;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that enqueues so many jobs a second, at one instance and the other by turns, and repeats once what was not acknowledged. */
public final class SteadyEnqueues implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SLOW = Duration.ofMillis(500);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<ServiceProcess> instances;
    private final String queue;
    private final String ids;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();
    /** When those began that took long, in ms since the first, and how many ms they took. */
    private final ConcurrentLinkedQueue<String> slow = new ConcurrentLinkedQueue<>();

    public SteadyEnqueues(List<ServiceProcess> instances, String queue) {
        this(instances, queue, "job-");
    }

    /** @param ids what they begin with */
    public SteadyEnqueues(List<ServiceProcess> instances, String queue, String ids) {
        this.instances = instances;
        this.ids = ids;
        this.queue = queue;
    }

    /** Begins; goes on until it is stopped. */
    public SteadyEnqueues begin(int perSecond) {
        long every = TimeUnit.SECONDS.toMicros(1) / perSecond;
        clock.scheduleAtFixedRate(this::enqueue, 0, every, TimeUnit.MICROSECONDS);
        return this;
    }

    /** Sends no more, and waits for what is under way. */
    public void stop() throws InterruptedException {
        clock.shutdown();
        long until = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
        while (answered.get() < sent.get() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    public Set<String> acknowledged() {
        return acknowledged;
    }

    public int sent() {
        return sent.get();
    }

    /** Of those sent, how many were acknowledged, the repeat included: 1 for all. */
    public double availability() {
        return (double) acknowledged.size() / sent.get();
    }

    /** Requests that were sent once more. */
    public int repeated() {
        return repeated.get();
    }

    /** Status, or 0 for none, to how often a try was answered with it in place of an acknowledgement. */
    public Map<Integer, AtomicInteger> refusals() {
        return refusals;
    }

    /** Of acknowledged jobs, from the first try on. */
    public Duration percentile(double share) {
        long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
        return Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1, sorted.length * share)]);
    }

    String slow() {
        return String.join(", ", slow);
    }

    private void enqueue() {
        int number = sent.getAndIncrement();
        long since = System.nanoTime();
        String id = ids + number;
        attempt(number, id)
                .thenCompose(done -> done ? CompletableFuture.completedFuture(true) : repeat(number + 1, id))
                .whenComplete((done, failure) -> {
                    if (Boolean.TRUE.equals(done)) {
                        acknowledged.add(id);
                        long lasted = System.nanoTime() - since;
                        took.add(lasted);
                        if (lasted > SLOW.toNanos()) {
                            slow.add("%d: %d".formatted((since - began) / 1_000_000, lasted / 1_000_000));
                        }
                    }
                    answered.incrementAndGet();
                });
    }

    private CompletableFuture<Boolean> repeat(int turn, String id) {
        repeated.incrementAndGet();
        return attempt(turn, id);
    }

    private CompletableFuture<Boolean> attempt(int turn, String id) {
        String body = "{\"id\": \"%s\", \"handler\": \"echo\"}".formatted(id);
        HttpRequest request = HttpRequest.newBuilder(
                        instances.get(turn % instances.size()).uri("/v1/queues/" + queue + "/jobs"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((answer, failure) -> {
            int status = failure == null ? answer.statusCode() : 0;
            boolean done = status == 200 || status == 201;
            if (!done) {
                refusals.computeIfAbsent(status, none -> new AtomicInteger()).incrementAndGet();
            }
            return done;
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
