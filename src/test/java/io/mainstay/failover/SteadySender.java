package io.mainstay.failover;

import io.mainstay.process.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Enqueues jobs at a steady rate, at instances by turns, and sends each again until it was acknowledged. While very many are under way it sends
 * no others: where the machine is slow, the rate is lower.
 */
final class SteadySender implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final int MOST_UNDER_WAY = 250;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<ServiceProcess> instances;
    private final String path;
    private final String prefix;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger waitingAtMost = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final long begun = System.nanoTime();
    private volatile boolean finished;

    SteadySender(List<ServiceProcess> instances, String queue, int perSecond) {
        this(instances, queue, perSecond, "job");
    }

    /** @param prefix of the jobs' ids; null if the service is to make them: then a job that is sent again may be there twice */
    SteadySender(List<ServiceProcess> instances, String queue, int perSecond, String prefix) {
        this.instances = instances;
        this.path = "/v1/queues/" + queue + "/jobs";
        this.prefix = prefix;
        long period = TimeUnit.SECONDS.toMicros(1) / perSecond;
        clock.scheduleAtFixedRate(this::next, 0, period, TimeUnit.MICROSECONDS);
    }

    private void next() {
        if (!finished && sent.get() - acknowledged.get() < MOST_UNDER_WAY) {
            int number = sent.getAndIncrement();
            waitingAtMost.accumulateAndGet(number - acknowledged.get(), Math::max);
            send(number, System.nanoTime());
        }
    }

    private void send(int number, long since) {
        HttpRequest request = HttpRequest.newBuilder(
                        instances.get(number % instances.size()).uri(path))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        prefix == null
                                ? "{\"handler\": \"noop\"}"
                                : "{\"id\": \"%s-%d\", \"handler\": \"noop\"}".formatted(prefix, number)))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (failure == null && (answer.statusCode() == 200 || answer.statusCode() == 201)) {
                acknowledged.incrementAndGet();
                slowest.accumulateAndGet(System.nanoTime() - since, Math::max);
            } else if (!clock.isShutdown()) {
                failed.incrementAndGet();
                clock.schedule(() -> send(number, since), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Sends no other jobs, and waits until all were acknowledged. */
    void finish() {
        finished = true;
        Awaitility.await("all acknowledged")
                .atMost(Duration.ofSeconds(120))
                .until(() -> acknowledged.get() == sent.get());
    }

    int sent() {
        return sent.get();
    }

    /** Jobs a second that were acknowledged so far. */
    long rate() {
        return TimeUnit.SECONDS.toNanos(acknowledged.get()) / (System.nanoTime() - begun);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Requests that were not acknowledged, and sent again. */
    int failed() {
        return failed.get();
    }

    /** Most jobs that were sent and not acknowledged, at any moment. */
    int waitingAtMost() {
        return waitingAtMost.get();
    }

    /** The longest until a job was acknowledged, its repeats included. */
    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
