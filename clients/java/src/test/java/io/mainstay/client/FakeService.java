package io.mainstay.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** As much of a service as a worker meets: leases of jobs that a test adds. Answers other requests as the test wants. */
final class FakeService implements AutoCloseable {

    static {
        // Else head and body of an answer are 40 ms apart.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonValue> due = new ArrayList<>();
    private final Map<String, FakeLease> leases = new LinkedHashMap<>();
    /** Answers to claims, by key. */
    private final Map<String, JsonValue> claims = new LinkedHashMap<>();

    private final List<String> requests = new ArrayList<>();
    private final List<JsonValue> reports = new ArrayList<>();
    private final List<JsonValue> notes = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private String refused = "";
    private JsonValue refusal;
    private int answersToLose;
    private int largestBody = Integer.MAX_VALUE;
    private int status;
    private boolean drain;
    private int mostRunning;

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/leases", this::handle);
        server.start();
    }

    Mainstay client() {
        return Mainstay.builder(url()).patience(Duration.ofSeconds(5)).build();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A job that is due now. */
    synchronized void add(String id, String payload) {
        add(id, payload, "PT5M");
    }

    synchronized void add(String id, String payload, String timeout) {
        due.add(JsonValue.parse(
                "{\"id\":\"%s\",\"queue\":\"q\",\"handler\":\"h\",\"state\":\"running\",\"attempt\":1,\"maxAttempts\":3,\"timeout\":\"%s\",\"payload\":%s}"
                        .formatted(id, timeout, payload)));
        notifyAll();
    }

    /** From now on every request is answered so; 0 for as usual. */
    synchronized void answerAll(int otherStatus) {
        status = otherStatus;
        notifyAll();
    }

    /** The connection of that many answers breaks off, after they took effect. */
    synchronized void loseAnswers(int number) {
        answersToLose = number;
    }

    /** Larger ones are refused. */
    synchronized void limitBodies(int characters) {
        largestBody = characters;
    }

    synchronized void drain(boolean on) {
        drain = on;
        notifyAll();
    }

    /** The lease of a job ends so: {@code cancelled}, {@code lost}, {@code timed-out}. */
    synchronized void end(String id, String how) {
        leases.values().stream().filter(lease -> lease.id().equals(id)).forEach(lease -> lease.end(how));
        notifyAll();
    }

    /** Reports with that outcome are invalid. */
    synchronized void refuse(String outcome, JsonValue problem) {
        refused = outcome;
        refusal = problem;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** That were applied. */
    synchronized List<JsonValue> reports() {
        return List.copyOf(reports);
    }

    /** Entries of extend calls with progress or log. */
    synchronized List<JsonValue> notes() {
        return List.copyOf(notes);
    }

    /** Workers that said that they end. */
    synchronized List<String> left() {
        return List.copyOf(left);
    }

    synchronized int mostRunning() {
        return mostRunning;
    }

    /** Of a job, whose lease may have ended. */
    synchronized FakeLease leaseOf(String id) {
        return leases.values().stream()
                .filter(lease -> lease.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what);
            }
            synchronized (this) {
                try {
                    wait(10);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    void awaitReports(int number) {
        await(number + " reports", () -> reports().size() >= number);
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonValue body = JsonValue.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        String prefer = exchange.getRequestHeaders().getFirst("Prefer");
        int wait = prefer == null ? 0 : Integer.parseInt(prefer.substring("wait=".length()));
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        JsonValue answer;
        int code;
        synchronized (this) {
            String text = body.text();
            requests.add(path + " " + text);
            if (text.length() > largestBody) {
                send(exchange, 413, JsonValue.object("type", "urn:mainstay:problem:body-too-large"));
                return;
            }
            answer =
                    status == 0 ? answer(path, body, wait, key) : JsonValue.object("type", "urn:mainstay:problem:test");
            code = status == 0 ? 200 : status;
            if (status == 0 && answersToLose > 0) {
                answersToLose--;
                exchange.close();
                return;
            }
        }
        send(exchange, code, answer);
    }

    private static void send(HttpExchange exchange, int code, JsonValue answer) throws IOException {
        byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonValue answer(String path, JsonValue body, int wait, String key) {
        return switch (path) {
            case "/v1/leases" -> claim(body, wait, key);
            case "/v1/leases/report" -> JsonValue.object("reports", report(body));
            case "/v1/leases/extend" -> extend(body, wait);
            default -> throw new IllegalArgumentException(path);
        };
    }

    private JsonValue claim(JsonValue body, int wait, String key) {
        List<JsonValue> answers = report(body);
        JsonValue earlier = claims.get(key);
        if (earlier != null && !earlier.get("jobs").items().isEmpty()) {
            return earlier;
        }
        JsonValue ours = JsonValue.object("key", key);
        claims.put(key, ours);
        await(wait, () -> drain || status != 0 || !due.isEmpty() || claims.get(key) != ours);
        List<JsonValue> jobs = new ArrayList<>();
        while (!drain
                && claims.get(key) == ours
                && !due.isEmpty()
                && jobs.size() < body.get("max").asInt()) {
            FakeLease lease = new FakeLease(
                    due.remove(0), Duration.parse(body.get("lease").asString()));
            leases.put(lease.token(), lease);
            jobs.add(lease.job());
        }
        mostRunning = Math.max(mostRunning, (int)
                leases.values().stream().filter(FakeLease::held).count());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jobs", jobs);
        if (!answers.isEmpty()) {
            answer.put("reports", answers);
        }
        answer.put("drain", drain);
        if (claims.get(key) == ours) {
            claims.put(key, JsonValue.of(answer));
        }
        return JsonValue.of(answer);
    }

    private List<JsonValue> report(JsonValue body) {
        return body.get("reports").items().stream().map(this::reportOne).toList();
    }

    private JsonValue reportOne(JsonValue report) {
        FakeLease lease = leases.get(report.get("token").asString());
        String status = "applied";
        if (report.get("outcome").asString().equals(refused)) {
            return JsonValue.object("token", lease.token(), "status", "invalid", "problem", refusal);
        } else if (lease.settled()) {
            status = "repeated";
        } else if (!lease.held()) {
            status = "lost";
        } else {
            lease.settle();
            reports.add(report);
            notifyAll();
        }
        return JsonValue.object("token", lease.token(), "status", status);
    }

    private JsonValue extend(JsonValue body, int wait) {
        if (body.get("leaving").equals(JsonValue.of(true))) {
            left.add(body.get("worker").asString());
        }
        List<FakeLease> asked = body.get("leases").items().stream()
                .peek(entry -> {
                    if (!entry.get("progress").isNull() || entry.get("log").isArray()) {
                        notes.add(entry);
                    }
                })
                .map(entry -> leases.get(entry.get("token").asString()))
                .toList();
        asked.forEach(FakeLease::extend);
        await(wait, () -> drain || status != 0 || !asked.stream().allMatch(FakeLease::held));
        return JsonValue.object("leases", asked.stream().map(FakeLease::shown).toList(), "drain", drain);
    }

    private void await(int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try {
            for (long left = end - System.nanoTime();
                    left > 0 && !condition.getAsBoolean();
                    left = end - System.nanoTime()) {
                wait(Math.min(left / 1_000_000 + 1, 20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A lease of the fake service. */
    static final class FakeLease {

        private final JsonValue json;
        private final Duration length;
        private final Instant startedAt = Instant.now();
        private final String token;
        private Instant until;
        private String ended = "";
        private boolean settled;

        FakeLease(JsonValue json, Duration length) {
            this.json = json;
            this.length = length;
            this.token = "ls_" + id(json) + "_" + Long.toUnsignedString(System.nanoTime(), 36);
            this.until = end();
        }

        String token() {
            return token;
        }

        String id() {
            return id(json);
        }

        private static String id(JsonValue job) {
            return job.get("id").asString();
        }

        boolean held() {
            return ended.isEmpty() && !settled && Instant.now().isBefore(until);
        }

        boolean settled() {
            return settled;
        }

        void settle() {
            settled = true;
        }

        void end(String how) {
            ended = how;
        }

        void extend() {
            if (held()) {
                until = end();
            }
        }

        private Instant end() {
            Instant next = Instant.now().plus(length);
            return next.isBefore(last()) ? next : last();
        }

        private Instant last() {
            return startedAt.plus(Duration.parse(json.get("timeout").asString()));
        }

        Instant until() {
            return until;
        }

        JsonValue job() {
            Map<String, JsonValue> fields = new LinkedHashMap<>(json.members());
            fields.put("startedAt", JsonValue.of(startedAt.toString()));
            fields.put(
                    "lease",
                    JsonValue.object("token", token, "fence", 1, "until", until.toString(), "remaining", remaining()));
            return JsonValue.of(fields);
        }

        JsonValue shown() {
            return held()
                    ? JsonValue.object(
                            "token", token, "status", "held", "until", until.toString(), "remaining", remaining())
                    : JsonValue.object("token", token, "status", ended.isEmpty() ? overBy() : ended);
        }

        private String overBy() {
            return until.equals(last()) ? "timed-out" : "lost";
        }

        private long remaining() {
            return Math.max(0, Duration.between(Instant.now(), until).toMillis());
        }
    }
}
