package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at before anything is done: who may read the answer, what it may be, from where the request comes. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RequestChecksServiceTest extends ApiTest {

    private static final String JOB = "{\"handler\": \"api-test\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "application/",
                "/json",
                "application/json;q=x",
                "application/json;q=2",
                "application/json, y",
                "*/json",
                "text/csv",
                "application/json;q=0",
                "application/json;q=0, */*",
                "application/*;q=0, text/html"
            })
    void anAnswerThatCannotBeHadIsRefusedBeforeAnythingIsDone(String accept) {
        assertProblem(json(JOB).accept(accept).post(jobs).then(), 406, "not-acceptable");
        assertProblem(
                given().accept(accept).post("/v1/queues/" + queue + "/pause").then(), 406, "not-acceptable");
        assertProblem(json("[" + JOB + "]").accept(accept).post(jobs + "/bulk").then(), 406, "not-acceptable");
        assertProblem(given().accept(accept).get(jobs).then(), 406, "not-acceptable");
        assertProblem(given().accept(accept).delete(jobPath("a")).then(), 406, "not-acceptable");
        String flow = "{\"jobs\": {\"a\": {\"queue\": \"" + queue + "\", \"handler\": \"api-test\"}}}";
        assertProblem(json(flow).accept(accept).post("/v1/flows").then(), 406, "not-acceptable");

        given().get("/v1/queues/" + queue).then().body("paused", equalTo(false)).body("counts.ready", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "application/*",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "text/html;q=0.9;level=\"a,b;c\", application/json;q=0.001",
                "*/*;q=0, application/json",
                ", ,application/json,",
                ""
            })
    void whatIncludesJsonIsAnswered(String accept) {
        json(JOB).header("Accept", accept).post(jobs).then().statusCode(201).contentType("application/json");
    }

    @Test
    void aStreamOfEventsCannotBeHadAsJson() {
        assertProblem(given().accept("application/json").get("/v1/events").then(), 406, "not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Origin, https://console.example.evil.example",
        "Origin, https://console.example:444",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void whatAnotherSiteSendsChangesNothing(String header, String value) {
        String id = enqueued();
        assertProblem(
                foreign(header, value).post("/v1/queues/" + queue + "/pause").then(), 403, "foreign-origin");
        assertProblem(foreign(header, value).delete(jobPath(id)).then(), 403, "foreign-origin");
        assertProblem(
                foreign(header, value).put("/v1/queues/" + queue + "/limits").then(), 403, "foreign-origin");
        assertProblem(
                foreign(header, value)
                        .contentType("application/json")
                        .body(JOB)
                        .post(jobs)
                        .then(),
                403,
                "foreign-origin");

        given().get("/v1/queues/" + queue).then().body("paused", equalTo(false)).body("counts.ready", equalTo(1));
        foreign(header, value).get(jobPath(id)).then().statusCode(200);
    }

    @Test
    void theSameOriginAndAConfiguredOneMay() {
        String own = "http://localhost:" + RestAssured.port;
        assertPauses(given().header("Origin", own).header("Sec-Fetch-Site", "same-origin"));
        assertPauses(given().header("Sec-Fetch-Site", "none"));
        assertPauses(given().header("Origin", "https://console.example").header("Sec-Fetch-Site", "cross-site"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "Text/Plain; charset=utf-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void formsAreRefused(String type) throws IOException {
        for (String path : new String[] {jobs, jobs + "/bulk", "/v1/queues/" + queue + "/pause", "/v1/flows"}) {
            try (RawHttp connection = new RawHttp(RestAssured.port)) {
                connection
                        .send("POST " + path + " HTTP/1.1\nHost: a\nContent-Type: " + type
                                + "\nContent-Length: 3\n\na=b")
                        .read()
                        .problem(415, "unsupported-media-type");
            }
        }
        given().get("/v1/queues/" + queue).then().body("paused", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "/", "application/", "application/json;charset", ";"})
    void aTypeThatIsNoneIsRefused(String type) throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection
                    .send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: " + type + "\nContent-Length: "
                            + JOB.length() + "\n\n" + JOB)
                    .read()
                    .problem(415, "unsupported-media-type");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/queues/%s/limits",
        "PUT, /v1/schedules/a",
        "POST, /v1/queues/%s/jobs",
        "POST, /v1/queues/%s/jobs/a/requeue",
        "POST, /v1/flows",
        "POST, /v1/queues/%s/pause"
    })
    void linesOfJsonAreForBulkOnly(String method, String path) {
        for (String type : new String[] {"application/x-ndjson", "application/xml", "text/json", "*/*"}) {
            Response response = given().config(RestAssuredConfig.config()
                            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                    .contentType(type)
                    .body("{}")
                    .request(method, path.formatted(queue));
            assertProblem(response.then(), 415, "unsupported-media-type");
        }
        given().get("/v1/queues/" + queue).then().body("paused", equalTo(false)).body("counts.ready", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.example+json", "application/json; charset=utf-8"})
    void whateverIsJsonIsRead(String type) throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            RawHttp.Answer answer = connection
                    .send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: " + type + "\nContent-Length: "
                            + JOB.length() + "\n\n" + JOB)
                    .read();
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    @Test
    void aBodyWithoutATypeIsRefused() throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection
                    .send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Length: " + JOB.length() + "\n\n" + JOB)
                    .read()
                    .problem(415, "unsupported-media-type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key:\n", "Idempotency-Key:  \n", "Idempotency-Key: a\nIdempotency-Key: b\n"})
    void anIdempotencyKeyThatWouldBeLeftOutOfAccountIsRefused(String headers) throws IOException {
        for (String path : new String[] {jobs, jobs + "/bulk"}) {
            try (RawHttp connection = new RawHttp(RestAssured.port)) {
                connection
                        .send("POST " + path + " HTTP/1.1\nHost: a\nContent-Type: application/json\n" + headers
                                + "Content-Length: " + JOB.length() + "\n\n" + JOB)
                        .read()
                        .problem(422, "invalid-value");
            }
        }
        given().get("/v1/queues/" + queue).then().body("counts.ready", equalTo(0));
    }

    /** curl -X POST, and curl -d '', which calls its empty body a form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Length: 0\n",
                "Content-Length: 0\nContent-Type: application/x-www-form-urlencoded\n",
                "Content-Length: 0\nContent-Type: application/json\n"
            })
    void aRequestWithoutABodyNeedsNoType(String headers) throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            RawHttp.Answer answer = connection
                    .send("POST /v1/queues/" + queue + "/pause HTTP/1.1\nHost: a\nAccept: */*\n" + headers + "\n")
                    .read();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"paused\":true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/queues/q/jobs?stat=dead, stat",
        "GET, /v1/queues/q/jobs?state=dead&Limit=1, Limit",
        "GET, /v1/queues?after=a, after",
        "GET, /v1/queues/q?x, x",
        "GET, /v1/queues/q/jobs/a?wait=1, wait",
        "GET, /v1/schedules?queue=a, queue",
        "GET, /v1/schedules/a/preview?n=1, n",
        "GET, /v1/events?queues=a, queues",
        "GET, /v1/scaling?a=b, a",
        "GET, /v1/flows/a?a=b, a",
        "POST, /v1/queues/q/pause?handler=a, handler",
        "POST, /v1/queues/q/jobs/cancel?state=dead&stat=dead, stat",
        "DELETE, /v1/queues/q/jobs/a?force=true, force"
    })
    void anUnknownQueryParameterIsRefused(String method, String path, String name) {
        Response response = given().urlEncodingEnabled(false).request(method, path);
        assertProblem(
                response.then().body("field", equalTo(name)).body("detail", containsString(name)),
                422,
                "invalid-value");
    }

    private static RequestSpecification foreign(String header, String value) {
        return given().header(header, value);
    }

    private void assertPauses(RequestSpecification request) {
        request.post("/v1/queues/" + queue + "/pause").then().statusCode(200).body("paused", equalTo(true));
        given().post("/v1/queues/" + queue + "/resume").then().statusCode(200);
    }
}
