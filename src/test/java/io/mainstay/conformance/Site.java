package io.mainstay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.process.ServiceProcess;
import io.mainstay.redis.FaultyProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service at an address that stays the same when it is killed and started again. */
final class Site implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long TURN_SECONDS = 60;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String redis;
    private final CyclicBarrier kill;
    private final CyclicBarrier start;
    private volatile ServiceProcess service;
    private final FaultyProxy proxy;

    /** @param runs how many runs of a scenario share it: it is killed when all of them want that */
    Site(String redis, int runs) {
        this.redis = redis;
        kill = new CyclicBarrier(runs, this::killService);
        start = new CyclicBarrier(runs, this::startService);
        service = service();
        proxy = new FaultyProxy(port());
    }

    private ServiceProcess service() {
        return new ServiceProcess(redis, Map.of("mainstay.retention.succeeded.max-count", "10000")).awaitReady();
    }

    private int port() {
        return service.uri("/").getPort();
    }

    /** As clients get it. */
    String url() {
        return proxy.address().replace("redis://", "http://");
    }

    /** One answer of it, and its status. */
    record Reply(int status, JsonNode body) {}

    /**
     * @param body JSON, or null for none
     * @return status 0 if nobody answers
     */
    Reply send(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(ANSWER);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), Scenario.JSON.readTree(answer.body()));
        } catch (IOException away) {
            return new Reply(0, Scenario.JSON.missingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for all runs, then kills the service ({@code kill}) or starts it again. */
    void turn(String what) {
        try {
            (what.equals("kill") ? kill : start).await(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("another worker did not come so far", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A run has failed: others are not to wait for it. */
    void leave() {
        kill.reset();
        start.reset();
    }

    private void killService() {
        service.kill();
        proxy.cutConnections();
    }

    private void startService() {
        service = service();
        proxy.leadTo(port());
    }

    @Override
    public void close() {
        service.close();
        proxy.close();
    }
}
