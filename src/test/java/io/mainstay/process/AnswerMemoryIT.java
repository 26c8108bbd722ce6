package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of the largest jobs there may be, on an instance with the memory of a pod: answered or refused, and enqueues go on. */
class AnswerMemoryIT {

    private static final Logger LOG = Logger.getLogger(AnswerMemoryIT.class);
    private static final int JOBS = 200;
    private static final String JOBS_PATH = "/v1/queues/large/jobs";
    private static final String WHOLE = "&include=payload,result";
    private static final String LARGEST = "\"" + "x".repeat(256 * 1024 - 2) + "\"";
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    /** Of one answer with a page of 1 MiB. */
    private static final int LARGEST_PAGE = 1_200_000;

    private final RedisProcess redis = new RedisProcess();
    private final PodMemory memory = new PodMemory(384);
    private final ServiceProcess service =
            new ServiceProcess(redis.address(), Map.of("mainstay.handlers.demo", "true"), Map.of(), memory.launch());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @BeforeEach
    void endLargeJobs() {
        service.awaitReady();
        for (int i = 0; i < JOBS; i++) {
            assertThat(send(job("echo", "").build()).join().statusCode()).isEqualTo(201);
        }
        Awaitility.await("jobs to end").atMost(DEADLINE).until(() -> service.get("/v1/queues/large")
                .contains("\"succeeded\":" + JOBS));
    }

    @AfterEach
    void stop() throws Exception {
        service.kill();
        redis.close();
        memory.close();
    }

    @Test
    void readsOfLargeJobsAreAnsweredOrRefused() {
        String page = JOBS_PATH + "?state=succeeded&limit=100";
        assertThat(read(page).body()).hasSizeLessThan(LARGEST_PAGE).contains("\"payloadBytes\":262144");
        assertThat(read(page + WHOLE).body()).hasSizeLessThan(LARGEST_PAGE).contains("\"next\":");

        for (int round = 0; round < 10; round++) {
            List<Integer> pages = together(6, () -> get(JOBS_PATH + "?state=succeeded" + WHOLE));
            assertThat(pages).contains(200).isSubsetOf(200, 503);
        }

        send(job("echo", ", \"id\": \"later\", \"delay\": \"PT1H\"").build()).join();
        List<Integer> waits = together(300, () -> get(JOBS_PATH + "/later").header("Prefer", "wait=2"));
        assertThat(waits).contains(200).isSubsetOf(200, 503);
        List<Integer> posts =
                together(30, () -> job("echo", ", \"delay\": \"PT1H\"").header("Prefer", "wait=2"));
        assertThat(posts).containsOnly(201);

        assertAlive();
    }

    /** Each answer is far smaller than the memory, all of them together are far larger, and nobody takes them. */
    @Test
    void answersThatNobodyReadsAreNotHeldInMemory() throws Exception {
        byte[] request = ("GET " + JOBS_PATH + "?state=succeeded" + WHOLE + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket caller = new Socket("127.0.0.1", uri("/").getPort())) {
            for (int i = 0; i < 500; i++) {
                caller.getOutputStream().write(request);
            }
            Awaitility.await("the connection to be closed").atMost(DEADLINE).until(() -> isClosed(caller, request));
        }
        assertAlive();
    }

    private static boolean isClosed(Socket caller, byte[] request) {
        try {
            caller.getOutputStream().write(request);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void enqueuesGoOnWhileOthersReadLargePages() {
        List<CompletableFuture<Integer>> reads = new ArrayList<>();
        List<Integer> enqueues = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            for (int caller = 0; caller < 4; caller++) {
                reads.add(send(get(JOBS_PATH + "?state=succeeded&limit=200" + WHOLE)
                                .build())
                        .thenApply(HttpResponse::statusCode));
            }
            enqueues.add(send(job("noop", "").build()).join().statusCode());
        }

        assertThat(enqueues).containsOnly(201);
        assertThat(reads.stream().map(CompletableFuture::join).toList())
                .contains(200)
                .isSubsetOf(200, 503);
        assertAlive();
    }

    private void assertAlive() {
        LOG.infof("Peak of memory: %d MiB", memory.peakMib());
        assertThat(service.isAlive()).isTrue();
        assertThat(service.status("/q/health/live")).isEqualTo(200);
    }

    private List<Integer> together(int requests, Supplier<HttpRequest.Builder> request) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, requests)
                .mapToObj(i -> send(request.get().build()))
                .toList();
        Stream<HttpResponse<String>> done = answers.stream().map(CompletableFuture::join);
        return done.map(HttpResponse::statusCode).distinct().toList();
    }

    private HttpResponse<String> read(String path) {
        HttpResponse<String> answer = send(get(path).build()).join();
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(DEADLINE);
    }

    private HttpRequest.Builder job(String handler, String more) {
        return HttpRequest.newBuilder(uri(JOBS_PATH))
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"handler\": \"%s\", \"payload\": %s%s}".formatted(handler, LARGEST, more)));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private URI uri(String path) {
        return service.uri(path);
    }
}
