package io.mainstay.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a stream of server-sent events as it comes. */
public final class EventClient implements AutoCloseable, Flow.Subscriber<String> {

    private static final int DEADLINE_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final List<String> event = new ArrayList<>();

    /** One event; what it did not have is empty. */
    public record Received(String name, String id, JsonNode data) {}

    private EventClient() {}

    /** Opens a stream, and waits until its answer has begun. */
    public static EventClient open(URI uri) throws Exception {
        return open(HttpRequest.newBuilder(uri));
    }

    /** The same with a key. */
    public static EventClient open(URI uri, String key) throws Exception {
        return open(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + key));
    }

    private static EventClient open(HttpRequest.Builder builder) throws Exception {
        EventClient client = new EventClient();
        HttpRequest request = builder.version(HttpClient.Version.HTTP_1_1).build();
        HTTP.sendAsync(request, answer -> client.begin(answer)).whenComplete((answer, failure) -> {
            if (failure != null) {
                client.status.completeExceptionally(failure);
            }
        });
        client.status.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return client;
    }

    public int status() {
        return status.join();
    }

    /** How many there were so far. */
    public int comments() {
        return comments.get();
    }

    /** Waits for the next event. */
    public Received next() throws InterruptedException {
        Received next = received.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no event within " + DEADLINE_SECONDS + " s");
        }
        return next;
    }

    public List<String> names(int count) throws InterruptedException {
        List<String> names = new ArrayList<>();
        while (names.size() < count) {
            names.add(next().name());
        }
        return names;
    }

    /** Waits until the service has ended the stream, in good order. */
    public void awaitEnd() throws Exception {
        ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the service has cut the stream. */
    public void awaitCut() throws Exception {
        ended.handle((end, failure) -> true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Goes away. */
    @Override
    public void close() {
        subscription.join().cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        opened.request(Long.MAX_VALUE);
        subscription.complete(opened);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith(":")) {
            comments.incrementAndGet();
        } else if (!line.isEmpty()) {
            event.add(line);
        } else if (!event.isEmpty()) {
            received.add(parse(event));
            event.clear();
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }

    private HttpResponse.BodySubscriber<Void> begin(HttpResponse.ResponseInfo answer) {
        status.complete(answer.statusCode());
        return HttpResponse.BodySubscribers.fromLineSubscriber(this);
    }

    private static Received parse(List<String> lines) {
        try {
            return new Received(field(lines, "event"), field(lines, "id"), MAPPER.readTree(field(lines, "data")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not what an event should look like: " + lines, e);
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
