package io.mainstay.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A Mainstay service: enqueues jobs, reads them, creates workers. Every call is safe to repeat, and is repeated automatically while the
 * service is unreachable or busy, for at most {@link Builder#patience}. Thread-safe; one per program is enough.
 *
 * <p>Calls throw a {@link ProblemException} if the service refuses them, and an {@link UnavailableException} if it was away for too long.
 */
public final class Mainstay {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Many jobs take their time. */
    private static final Duration BULK_LIMIT = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Http http;
    private final Calls calls;

    private Mainstay(Builder builder) {
        http = new Http(builder.base, builder.key);
        calls = new Calls(http, builder.patience);
    }

    /**
     * A service without keys.
     *
     * @param base for example {@code http://localhost:8080}
     */
    public static Mainstay at(String base) {
        return builder(base).build();
    }

    /** The service at {@code MAINSTAY_URL}, {@code http://localhost:8080} without it, with the key in {@code MAINSTAY_KEY} if there is one. */
    public static Mainstay fromEnvironment() {
        String base = System.getenv().getOrDefault("MAINSTAY_URL", "http://localhost:8080");
        return builder(base)
                .key(System.getenv().getOrDefault("MAINSTAY_KEY", ""))
                .build();
    }

    /** @param base for example {@code https://mainstay.example} */
    public static Builder builder(String base) {
        return new Builder(URI.create(base));
    }

    /** How to reach a service. */
    public static final class Builder {

        private final URI base;
        private Supplier<String> key = () -> "";
        private Duration patience = Duration.ofSeconds(30);

        private Builder(URI base) {
            this.base = base;
        }

        /** The API key of this program: {@code ms_…}. */
        public Builder key(String apiKey) {
            Objects.requireNonNull(apiKey, "apiKey");
            return key(() -> apiKey);
        }

        /** Called for every request, so that a key can be rotated, or a token of an identity provider renewed. */
        public Builder key(Supplier<String> apiKey) {
            key = Objects.requireNonNull(apiKey, "apiKey");
            return this;
        }

        /** How long a call is retried while the service is away; default 30 s, zero for never. */
        public Builder patience(Duration limit) {
            patience = Objects.requireNonNull(limit, "limit");
            return this;
        }

        public Mainstay build() {
            return new Mainstay(this);
        }
    }

    /** Creates one job, however often the request is sent. @return the job in its current state */
    public Job enqueue(String queue, NewJob job) {
        Map<String, String> headers = job.hasId() ? Map.of() : onceOnly();
        return new Job(send("POST", jobs(queue), job.json(), headers, LIMIT));
    }

    /** Creates many jobs, in this order; a refused one does not affect the others. */
    public BulkResult enqueueAll(String queue, List<NewJob> jobs) {
        JsonValue body = JsonValue.of(jobs.stream().map(NewJob::json).toList());
        return BulkResult.of(send("POST", jobs(queue) + "/bulk", body, onceOnly(), BULK_LIMIT));
    }

    /** The job in its current state; empty if it does not exist. */
    public Optional<Job> find(String queue, String id) {
        try {
            return Optional.of(new Job(send("GET", job(queue, id), null, Map.of(), LIMIT)));
        } catch (ProblemException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Waits until a job has ended.
     *
     * @return the job, which has not ended if the time is up
     */
    public Job await(String queue, String id, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
            // Rounded up: the service waits whole seconds.
            long seconds = wait.plusMillis(999).toSeconds();
            Map<String, String> headers = Map.of("Prefer", "wait=" + seconds);
            long sentAt = System.nanoTime();
            Job job = new Job(send("GET", job(queue, id), null, headers, LIMIT.plusSeconds(seconds)));
            if (job.ended() || left.isZero()) {
                return job;
            }
            if (System.nanoTime() - sentAt < AT_ONCE.toNanos()) {
                // The service had no room to wait.
                Calls.sleep(left.compareTo(AT_ONCE) < 0 ? left : AT_ONCE);
            }
        }
    }

    /** Cancels a job that has not ended. @throws ProblemException of type {@code job-conflict} if it has */
    public Job cancel(String queue, String id) {
        return new Job(send("DELETE", job(queue, id), null, Map.of(), LIMIT));
    }

    /** Creates or changes a schedule; repeating it changes nothing, so it can be part of every deployment. */
    public Schedule putSchedule(String name, Schedule schedule) {
        return Schedule.of(send("PUT", schedule(name), schedule.json(), Map.of(), LIMIT));
    }

    /** The schedule of that name; empty if it does not exist. */
    public Optional<Schedule> findSchedule(String name) {
        try {
            return Optional.of(Schedule.of(send("GET", schedule(name), null, Map.of(), LIMIT)));
        } catch (ProblemException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All schedules, by name. */
    public List<Schedule> schedules() {
        List<Schedule> all = new ArrayList<>();
        String cursor = "";
        do {
            String page = cursor.isEmpty() ? "" : "?cursor=" + encoded(cursor);
            JsonValue answer = send("GET", "/v1/schedules" + page, null, Map.of(), LIMIT);
            answer.get("schedules").items().forEach(schedule -> all.add(Schedule.of(schedule)));
            cursor = answer.get("next").asString("");
        } while (!cursor.isEmpty());
        return all;
    }

    /** Enqueues a job of a schedule now, in addition to its runs. */
    public Job trigger(String schedule) {
        return new Job(send("POST", schedule(schedule) + "/trigger", null, onceOnly(), LIMIT));
    }

    public void pauseSchedule(String name) {
        send("POST", schedule(name) + "/pause", null, Map.of(), LIMIT);
    }

    public void resumeSchedule(String name) {
        send("POST", schedule(name) + "/resume", null, Map.of(), LIMIT);
    }

    /** Deletes a schedule if it exists; its jobs stay. */
    public void deleteSchedule(String name) {
        send("DELETE", schedule(name), null, Map.of(), LIMIT);
    }

    /** A worker that runs jobs of these queues in this process. */
    public WorkerBuilder worker(String... queues) {
        return new WorkerBuilder(http, List.of(queues));
    }

    /**
     * Any other call of the API. A failed request is repeated, as by the other methods, so it must be safe to repeat.
     *
     * @param path with its query, from {@code /v1} on
     * @param body null for none
     * @return the answer; the JSON value null if it has no body
     */
    public JsonValue request(String method, String path, JsonValue body) {
        return send(method, path, body, Map.of(), LIMIT);
    }

    private JsonValue send(String method, String path, JsonValue body, Map<String, String> headers, Duration limit) {
        String text = body == null ? null : body.text();
        return calls.send(new Http.Request(method, path, text, headers, limit)).body();
    }

    private static Map<String, String> onceOnly() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static String jobs(String queue) {
        return "/v1/queues/" + encoded(queue) + "/jobs";
    }

    private static String job(String queue, String id) {
        return jobs(queue) + "/" + encoded(id);
    }

    private static String schedule(String name) {
        return "/v1/schedules/" + encoded(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
