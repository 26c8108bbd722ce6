package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that do not come are waited for a second. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class SlowBodyServiceTest extends ApiTest {

    /** Its jobs stand still. */
    @BeforeEach
    void pause() {
        given().post("/v1/queues/" + queue + "/pause").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000\n\n", "Transfer-Encoding: chunked\n\n1\n{\n"})
    void aBodyThatDoesNotComeIsAnsweredAndTheConnectionClosed(String rest) throws IOException {
        // All at once: each is closed two seconds after it was answered.
        try (RawHttp job = begin("POST " + jobs, rest);
                RawHttp flow = begin("POST /v1/flows", rest);
                RawHttp bulk = begin("POST " + jobs + "/requeue", rest);
                RawHttp limits = begin("PATCH /v1/queues/" + queue + "/limits", rest)) {
            for (RawHttp connection : List.of(job, flow, bulk, limits)) {
                connection.read().problem(408, "body-too-slow");
            }
            for (RawHttp connection : List.of(job, flow, bulk, limits)) {
                connection.awaitClosed();
            }
        }
    }

    private static RawHttp begin(String call, String rest) throws IOException {
        return new RawHttp(RestAssured.port).send(call + " HTTP/1.1\nHost: a\nContent-Type: application/json\n" + rest);
    }

    /** Some clients send one with every POST. */
    @Test
    void aCallThatReadsNoBodyMayTakeLongerThanOneMayBe() {
        String schedule = "/v1/schedules/" + queue;
        json("{\"cron\": \"@yearly\", \"queue\": \"" + queue + "\", \"job\": {\"handler\": \"api-test\"}}")
                .put(schedule)
                .then()
                .statusCode(201);

        json("{}")
                // Longer than a body may be idle.
                .header("Prefer", "wait=2")
                .post(schedule + "/trigger")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=2");
        given().delete(schedule).then().statusCode(204);
    }

    @Test
    void aBulkBodyThatBreaksOffIsAnsweredWithWhereToGoOn() throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send("POST " + jobs + "/bulk HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                    + "Content-Length: 1000\n\n[{\"handler\": \"api-test\"}, {\"handler\": \"api-test\"}, {\"han");

            RawHttp.Answer answer = connection.read();
            assertThat(answer.status()).as(answer.body()).isEqualTo(408);
            JsonPath result = new JsonPath(answer.body());
            assertThat(result.getString("stopped.type")).isEqualTo("urn:mainstay:problem:body-too-slow");
            assertThat(result.getInt("next")).isEqualTo(2);
            assertThat(result.getInt("created")).isEqualTo(2);
            connection.awaitClosed();
        }
        assertThat(given().get(jobs).jsonPath().getList("jobs")).hasSize(2);
    }

    @Test
    void aCallerThatAsksBeforeItSendsItsBodyIsToldToGoOn() throws IOException {
        String job = "[{\"handler\": \"api-test\"}]";
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send("POST " + jobs + "/bulk HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                    + "Expect: 100-continue\nContent-Length: " + job.length() + "\n\n");
            assertThat(connection.read().status()).isEqualTo(100);
            connection.send(job);

            assertThat(connection.read().status()).isEqualTo(200);
        }
    }
}
