package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Headers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer says that it is no page and not to be kept, whoever gives it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ResponseHeadersServiceTest extends ApiTest {

    private static final Map<String, String> WANTED = Map.of(
            "x-content-type-options", "nosniff",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "cache-control", "no-store");

    @Inject
    ServerSetup server;

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/queues",
        "GET, /v1/queues/q/jobs/nobody",
        "GET, /v1/nothing",
        "GET, /nothing",
        "PATCH, /v1/queues",
        "GET, /v1/queues/q/jobs?stat=dead",
        "OPTIONS, /v1/queues",
        "HEAD, /v1/queues",
        "GET, /v1/scaling",
        "GET, /q/openapi",
        "GET, /q/health/live",
        "GET, /q/metrics",
        "POST, /v1/queues/q/pause",
        "POST, /v1/queues/q/jobs"
    })
    void answersHaveThem(String method, String path) {
        assertHas(given().request(method, path).headers());
    }

    @Test
    void anEnqueueHasThem() {
        assertHas(
                enqueue("{\"handler\": \"api-test\"}").statusCode(201).extract().headers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
                "GET / HTTP/9.9\nHost: a\n\n",
                "\u00ff\n\n",
                "LONG"
            })
    void whatTheServerItselfRefusesHasThem(String request) throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::done);
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            String text = "GET / HTTP/1.1\nHost: a\nX: " + "x".repeat(60_000) + "\n\n";
            assertThat(http.send(request.equals("LONG") ? text : request).read().headers())
                    .containsAllEntriesOf(WANTED);
        }
    }

    private static void assertHas(Headers headers) {
        WANTED.forEach(
                (name, value) -> assertThat(headers.getValues(name)).as(name).containsExactly(value));
    }
}
