package io.mainstay.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.events.EventClient;
import io.mainstay.rest.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SecuredProfile.class)
class CallerLimitsServiceTest {

    @Test
    void requestsBeyondTheRateAreRefusedAndThoseOfOthersNot() throws IOException {
        String key = newKey();
        int refused = 0;
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            for (int i = 0; i < 5 * SecuredProfile.REQUESTS_PER_SECOND && refused == 0; i++) {
                RawHttp.Answer answer = http.send("GET /v1/me HTTP/1.1\nHost: x\nAuthorization: Bearer " + key + "\n\n")
                        .read();
                if (answer.status() != 200) {
                    answer.problem(429, "too-many-requests");
                    assertThat(answer.headers()).containsEntry("retry-after", "1");
                    refused++;
                }
            }
        }
        assertThat(refused).isOne();
        given().header("Authorization", "Bearer " + newKey())
                .get("/v1/me")
                .then()
                .statusCode(200);
    }

    @Test
    void eventStreamsOfACallerAreBounded() throws Exception {
        String key = newKey();
        URI uri = URI.create("http://localhost:" + RestAssured.port + "/v1/events");
        List<EventClient> open = new ArrayList<>();
        for (int i = 0; i < SecuredProfile.OPEN; i++) {
            open.add(EventClient.open(uri, key));
            assertThat(open.get(i).status()).isEqualTo(200);
        }
        assertThat(EventClient.open(uri, key).status()).isEqualTo(429);
        try (EventClient other = EventClient.open(uri, newKey())) {
            assertThat(other.status()).isEqualTo(200);
        }

        open.remove(0).close();
        Awaitility.await().untilAsserted(() -> {
            try (EventClient again = EventClient.open(uri, key)) {
                assertThat(again.status()).isEqualTo(200);
            }
        });
        open.forEach(EventClient::close);
    }

    /** They would be streams to whoever serves them, and none to whoever counts and ends them. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/events/", "/v1/events;", "/v1/events;a=b", "/v1;a/events", "/v1//events//"})
    void eventStreamsHaveNoOtherPath(String path) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("GET " + path + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + newKey() + "\n\n")
                    .read()
                    .problem(400, "bad-request");
        }
    }

    @Test
    void waitsOfACallerAreBounded() throws IOException {
        String key = newKey();
        String path = "/v1/queues/waits/jobs";
        given().header("Authorization", "Bearer " + SecuredProfile.ADMIN)
                .contentType("application/json")
                .body("{\"id\": \"long\", \"handler\": \"noop\", \"delay\": \"PT1H\"}")
                .post(path)
                .then()
                .statusCode(201);
        String wait = "GET " + path + "/long HTTP/1.1\nHost: x\nPrefer: wait=30\nAuthorization: Bearer " + key + "\n\n";
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < SecuredProfile.OPEN; i++) {
            open.add(new RawHttp(RestAssured.port).send(wait));
        }
        Awaitility.await().untilAsserted(() -> {
            try (RawHttp more = new RawHttp(RestAssured.port)) {
                assertThat(more.send(wait.replace("wait=30", "wait=1")).read().status())
                        .isEqualTo(429);
            }
        });
        // One that does not wait is let through.
        given().header("Authorization", "Bearer " + key)
                .get(path + "/long")
                .then()
                .statusCode(200);
        for (RawHttp each : open) {
            each.close();
        }
    }

    @Test
    void bulkRequestsOfACallerAreBounded() throws IOException {
        String key = newKey("producer");
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < SecuredProfile.OPEN; i++) {
            open.add(new RawHttp(RestAssured.port).send(bulk(key)));
        }
        Awaitility.await().untilAsserted(() -> {
            try (RawHttp more = new RawHttp(RestAssured.port)) {
                more.send(bulk(key)).read().problem(429, "too-many-requests");
            }
        });
        try (RawHttp other = new RawHttp(RestAssured.port)) {
            assertThat(other.send(bulk(newKey("producer")) + "{}").read().status())
                    .isEqualTo(200);
        }
        for (RawHttp each : open) {
            each.close();
        }
    }

    /** One whose body, of two bytes, is still to come. */
    private static String bulk(String key) {
        return "POST /v1/queues/limited/jobs/bulk HTTP/1.1\nHost: x\nContent-Type: application/x-ndjson\nContent-Length: 2\n"
                + "Authorization: Bearer " + key + "\n\n";
    }

    @Test
    void streamOfARevokedKeyEnds() throws Exception {
        String key = newKey();
        URI uri = URI.create("http://localhost:" + RestAssured.port + "/v1/events");
        EventClient stream = EventClient.open(uri, key);
        assertThat(stream.status()).isEqualTo(200);

        given().header("Authorization", "Bearer " + SecuredProfile.ADMIN)
                .delete("/v1/keys/" + key.substring(3, 15))
                .then()
                .statusCode(204);

        stream.awaitCut();
    }

    private static String newKey() {
        return newKey("reader");
    }

    private static String newKey(String role) {
        return given().header("Authorization", "Bearer " + SecuredProfile.ADMIN)
                .contentType("application/json")
                .body("{\"name\": \"limited\", \"roles\": [\"" + role + "\"], \"queues\": [\"*\"]}")
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }
}
