package io.mainstay.failover;

import io.mainstay.failover.history.Call;
import io.mainstay.failover.history.Planned;
import io.mainstay.failover.nemesis.Names;
import io.mainstay.process.ServiceProcess;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A steady flow of jobs of many kinds to all instances, sent whether or not earlier ones were answered. Nothing is
 * repeated, everything is noted down.
 */
final class MixedTraffic implements AutoCloseable {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(15);
    /** Where an answer names its job and the job's state, before what may be long. */
    private static final int BEGINNING = 500;

    private static final Pattern ID = Pattern.compile("\"id\": ?\"([^\"]*)\"");
    private static final Pattern STATE = Pattern.compile("\"state\": ?\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_DEADLINE)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<?>> underWay = new ConcurrentLinkedQueue<>();
    private final List<ServiceProcess> instances;
    private final String queue;
    private final JobMix mix;

    /** @param instances as they are at the moment; faults change them */
    MixedTraffic(List<ServiceProcess> instances, String queue, int perSecond, JobMix mix) {
        this.instances = instances;
        this.queue = queue;
        this.mix = mix;
        clock.scheduleAtFixedRate(this::sendNext, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Sends a job that is due later into a queue of its own; returns when it was answered. */
    void sendDelayed(ServiceProcess instance, String elsewhere) {
        // Drawn on the one thread that draws.
        CompletableFuture.supplyAsync(
                        () -> {
                            String id = Names.of(count.getAndIncrement());
                            return send(instance, elsewhere, id, mix.delayed(id));
                        },
                        clock)
                .thenCompose(sent -> sent)
                .join();
    }

    /** Sends no more and waits for the answers under way. */
    void end() {
        clock.shutdown();
        try {
            clock.awaitTermination(ANSWER_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        underWay.forEach(CompletableFuture::join);
    }

    List<Planned> planned() {
        return List.copyOf(planned);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What an instance is called in the history. */
    static String name(ServiceProcess instance) {
        return "instance-" + instance.pid();
    }

    private void sendNext() {
        List<ServiceProcess> now = List.copyOf(instances);
        String id = Names.of(count.getAndIncrement());
        send(now.get(ThreadLocalRandom.current().nextInt(now.size())), queue, id, mix.next(id));
        while (!underWay.isEmpty() && underWay.peek().isDone()) {
            underWay.remove();
        }
    }

    private CompletableFuture<?> send(ServiceProcess instance, String to, String id, JobMix.Job job) {
        planned.add(new Planned(id, to, Instant.now(), job.maxAttempts(), job.traits()));
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.uri("/v1/queues/" + to + "/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(job.body()));
        if (!job.prefer().isEmpty()) {
            request.header("Prefer", job.prefer());
        }
        CompletableFuture<?> done = call(Call.Kind.ENQUEUE, id, instance, request);
        if (job.traits().contains(Planned.Trait.CANCELLED)) {
            done = done.thenCompose(enqueued -> call(
                    Call.Kind.CANCEL,
                    id,
                    instance,
                    HttpRequest.newBuilder(instance.uri("/v1/queues/" + to + "/jobs/" + id))
                            .DELETE()));
        }
        underWay.add(done);
        return done;
    }

    private CompletableFuture<Void> call(
            Call.Kind kind, String id, ServiceProcess instance, HttpRequest.Builder request) {
        Instant sent = Instant.now();
        return http.sendAsync(request.timeout(ANSWER_DEADLINE).build(), HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? read(response) : unanswered(failure))
                .thenAccept(answer -> calls.add(new Call(kind, id, name(instance), sent, Instant.now(), answer)));
    }

    private static Call.Answer read(HttpResponse<String> response) {
        String beginning =
                response.body().substring(0, Math.min(BEGINNING, response.body().length()));
        return new Call.Answer(
                response.statusCode(),
                find(ID, beginning),
                find(STATE, beginning),
                response.headers().firstValue("Mainstay-Store").orElse(""));
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Call.Answer unanswered(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean refused = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        return new Call.Answer(refused ? Call.Answer.REFUSED : Call.Answer.NONE);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
