package io.mainstay.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Workers that know the service by HTTP alone, as simple as they can be: each asks an instance for jobs, waits, runs for 20 ms what comes, and reports
 * with the next request. Whatever fails is sent again, to the next instance.
 */
final class RemoteWorkers implements Site.Workers {

    private static final int WORKERS = 8;
    private static final long RUNS_MILLIS = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<ServiceProcess> services;
    private final String queue;
    private volatile boolean closed;

    RemoteWorkers(List<ServiceProcess> services, String queue) {
        this.services = services;
        this.queue = queue;
        for (int i = 0; i < WORKERS; i++) {
            ask(i, i, List.of());
        }
    }

    /** @param done tokens of the jobs that it has run */
    private void ask(int worker, int turn, List<String> done) {
        if (closed) {
            return;
        }
        ServiceProcess service = services.get(Math.floorMod(turn, services.size()));
        HttpRequest request = HttpRequest.newBuilder(service.uri("/v1/leases"))
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=5")
                .POST(HttpRequest.BodyPublishers.ofString(body(worker, done)))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure != null || response.statusCode() != 200) {
                later(PAUSE_MILLIS, () -> ask(worker, turn + 1, done));
            } else {
                answered(worker, turn, done, response.body());
            }
        });
    }

    private void answered(int worker, int turn, List<String> done, String body) {
        try {
            JsonNode answer = mapper.readTree(body);
            List<String> open = new ArrayList<>();
            for (int i = 0; i < done.size(); i++) {
                if (answer.at("/reports/" + i + "/status").asText().equals("unavailable")) {
                    open.add(done.get(i));
                }
            }
            answer.path("jobs").forEach(job -> open.add(job.at("/lease/token").asText()));
            if (answer.has("problem")) {
                later(PAUSE_MILLIS, () -> ask(worker, turn + 1, open));
            } else {
                later(open.isEmpty() ? 0 : RUNS_MILLIS, () -> ask(worker, turn, open));
            }
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }

    private String body(int worker, List<String> done) {
        String reports = String.join(
                ", ",
                done.stream()
                        .map("{\"token\": \"%s\", \"outcome\": \"success\"}"::formatted)
                        .toList());
        return "{\"worker\": \"remote-%d\", \"queues\": [\"%s\"], \"handlers\": [\"sleep\"], \"max\": 20, \"lease\": \"PT3S\", \"reports\": [%s]}"
                .formatted(worker, queue, reports);
    }

    private void later(long millis, Runnable task) {
        if (!closed) {
            clock.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
    }
}
