package io.mainstay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One scenario with one worker, in a queue of its own. */
final class ScenarioRun implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String JOBS = "/v1/queues/%s/jobs";

    private final WorkerKind kind;
    private final Site site;
    private final String queue;
    private final JsonNode scenario;
    private final Map<Integer, WorkerProcess> workers = new TreeMap<>();

    /** @param attempt makes its names others than those of earlier attempts */
    ScenarioRun(WorkerKind kind, Scenario scenario, Site site, int attempt) {
        this.kind = kind;
        this.site = site;
        queue = "%s-%s-%d".formatted(kind.name(), scenario.name(), attempt);
        this.scenario = scenario.with(Map.of("queue", queue, "worker", worker(1), "worker2", worker(2)));
    }

    private String worker(int number) {
        return queue + "." + number;
    }

    void run() {
        start(1);
        // A handler is known once a worker was there that has it.
        poll("a first job is taken", READY, () -> {
            int status = site.send("POST", JOBS.formatted(queue), "{\"id\": \"hello\", \"handler\": \"echo\"}")
                    .status();
            return status == 200 || status == 201 ? Optional.empty() : Optional.of("status " + status);
        });
        await(JOBS.formatted(queue) + "/hello", Scenario.JSON.createObjectNode().put("state", "succeeded"), READY);
        scenario.path("steps").forEach(this::step);
    }

    private void step(JsonNode step) {
        String verb = step.fieldNames().next();
        JsonNode value = step.path(verb);
        switch (verb) {
            case "enqueue" -> enqueue(value, step.path("count").asInt(0));
            case "request" -> request(value.asText(), step);
            case "await" -> await(value.asText(), step.path("is"), duration(step.path("within")));
            case "never" -> never(value.asText(), step.path("is"), duration(step.path("for")));
            case "peak" -> peak(value.asText(), step);
            case "delay" -> delay(value);
            case "pause" -> LockSupport.parkNanos(duration(value).toNanos());
            case "start" -> start(value.asInt());
            case "freeze" -> workers.get(value.asInt()).freeze(true);
            case "thaw" -> workers.get(value.asInt()).freeze(false);
            case "kill" -> workers.get(value.asInt()).kill();
            case "terminate" -> workers.get(value.asInt()).terminate(duration(step.path("within")));
            case "service" -> site.turn(value.asText());
            default -> throw new AssertionError("no such step: " + step);
        }
    }

    private void enqueue(JsonNode job, int count) {
        if (count == 0) {
            expect(site.send("POST", JOBS.formatted(queue), job.toString()), 201, job);
            return;
        }
        String all = IntStream.rangeClosed(1, count)
                .mapToObj(i -> ((ObjectNode) job.deepCopy())
                        .put("id", job.path("id").asText() + "-" + i)
                        .toString())
                .collect(Collectors.joining(",", "[", "]"));
        Site.Reply reply = site.send("POST", JOBS.formatted(queue) + "/bulk?results=failed", all);
        expect(reply, 200, job);
        if (reply.body().path("created").asInt() != count) {
            throw new AssertionError("not all enqueued: " + reply.body());
        }
    }

    private void request(String line, JsonNode step) {
        String[] words = line.split(" ");
        String body = step.has("body") ? step.path("body").toString() : null;
        expect(site.send(words[0], words[1], body), step.path("status").asInt(), step);
    }

    private static void expect(Site.Reply reply, int status, JsonNode step) {
        if (reply.status() != status) {
            throw new AssertionError(
                    "status %d, not %d: %s, for %s".formatted(reply.status(), status, reply.body(), step));
        }
    }

    private void await(String path, JsonNode is, Duration within) {
        poll(path, within, () -> mismatch(path, is));
    }

    private Optional<String> mismatch(String path, JsonNode is) {
        JsonNode body = site.send("GET", path, null).body();
        return Matching.mismatch(body, is).map(where -> where + ", in " + body);
    }

    private void never(String path, JsonNode is, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (mismatch(path, is).isEmpty()) {
                throw new AssertionError(path + " is " + is);
            }
            LockSupport.parkNanos(POLL);
        }
    }

    private void peak(String path, JsonNode step) {
        JsonNode until = step.path("until");
        int[] most = {0};
        poll(until.path("await").asText(), duration(until.path("within")), () -> {
            JsonNode body = site.send("GET", path, null).body();
            most[0] = Math.max(most[0], body.at(step.path("at").asText()).asInt());
            return mismatch(until.path("await").asText(), until.path("is"));
        });
        if (most[0] < step.path("from").asInt() || most[0] > step.path("to").asInt()) {
            throw new AssertionError("at most %d, for %s".formatted(most[0], step));
        }
    }

    private void delay(JsonNode step) {
        Duration delay = Duration.between(time(step.path("from")), time(step.path("to")));
        if (delay.compareTo(duration(step.path("atMost"))) > 0) {
            throw new AssertionError("it took " + delay + ": " + step);
        }
    }

    private Instant time(JsonNode where) {
        JsonNode body = site.send("GET", where.path(0).asText(), null).body();
        return Instant.parse(body.at(where.path(1).asText()).asText());
    }

    private static Duration duration(JsonNode value) {
        return Duration.parse(value.asText());
    }

    private void start(int number) {
        try {
            Optional.ofNullable(workers.put(
                            number,
                            new WorkerProcess(kind, site.url(), worker(number), queue, scenario.path("worker"))))
                    .ifPresent(WorkerProcess::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks again until nothing is wrong. */
    private void poll(String what, Duration within, Looks looks) {
        long end = System.nanoTime() + within.toNanos();
        Optional<String> wrong = looks.look();
        while (wrong.isPresent()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within %s: %s: %s".formatted(within, what, wrong.get()));
            }
            LockSupport.parkNanos(POLL);
            wrong = looks.look();
        }
    }

    private interface Looks {
        /** What is wrong. */
        Optional<String> look();
    }

    /** What its workers wrote. */
    String logs() {
        return workers.entrySet().stream()
                .map(worker -> "\n--- worker %d\n%s"
                        .formatted(worker.getKey(), worker.getValue().log()))
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        workers.values().forEach(WorkerProcess::close);
    }
}
