package io.mainstay.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class BulkEnqueueServiceTest extends ApiTest {

    private final String bulk = "/v1/queues/" + queue + "/jobs/bulk";

    @Test
    void jobsOfAnArrayAreAddedInItsOrder() {
        array("[" + jobs(0, 40) + "]")
                .statusCode(200)
                .body("created", equalTo(40))
                .body("existing", equalTo(0))
                .body("failed", equalTo(0))
                .body("results", hasSize(40))
                .body("results[7]", equalTo(Map.of("index", 7, "status", 201, "id", "job-7")))
                .body("keySet()", not(hasItem("stopped")));

        List<String> inLine = given().get(jobs + "?limit=200").then().extract().path("jobs.id");
        assertThat(inLine)
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "job-" + i).toList());
    }

    @Test
    void jobsOfLinesAreAddedAndRepeatsAreTold() {
        String lines =
                IntStream.range(0, 3).mapToObj(BulkEnqueueServiceTest::job).collect(Collectors.joining("\r\n\n"));
        lines(lines).statusCode(200).body("created", equalTo(3));

        lines(lines + "\n" + job(3) + "\n")
                .statusCode(200)
                .body("created", equalTo(1))
                .body("existing", equalTo(3))
                .body("results.status", contains(200, 200, 200, 201));
    }

    @Test
    void eachJobIsToldApartAndThoseAfterARefusedOneAreAdded() {
        String tooLarge = "{\"handler\": \"api-test\", \"payload\": \"" + "x".repeat(2000) + "\"}";
        String hugeLine = "{\"payload\": \"" + "x".repeat(9000) + "\"}";
        lines(String.join("\n", job(0), "{\"handler\": \"nobody\"}", "{\"handler\": ", tooLarge, hugeLine, job(5)))
                .statusCode(200)
                .body("created", equalTo(2))
                .body("failed", equalTo(4))
                .body("results.status", contains(201, 422, 400, 413, 413, 201))
                .body("results[1].problem.field", equalTo("handler"))
                .body("results[2].problem.type", equalTo("urn:mainstay:problem:malformed-json"))
                .body("results[3].problem.limit", equalTo(1024))
                .body("results[4].problem.limit", equalTo(8192));
    }

    @Test
    void onlyRefusedJobsAreListedIfAskedFor() {
        given().contentType("application/json")
                .body("[" + job(0) + ", {}]")
                .post(bulk + "?results=failed")
                .then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("results.index", contains(1));
        assertProblem(
                given().contentType("application/json")
                        .body("[]")
                        .post(bulk + "?results=no")
                        .then(),
                422,
                "invalid-value");
    }

    @Test
    void idempotencyKeyStandsForTheWholeRequest() {
        String body = "[{\"handler\": \"api-test\"}, {\"handler\": \"api-test\", \"id\": \"own\"}]";
        List<String> first = keyed(body).body("created", equalTo(2)).extract().path("results.id");

        List<String> second = keyed(body).body("existing", equalTo(2)).extract().path("results.id");

        assertThat(second).isEqualTo(first).contains("own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[];0;''",
                " [ ] ;0;''",
                "'';0;the array ends too early",
                "{};0;there must be an array",
                "[%s;0;the array ends too early",
                "[%s,;1;the array ends too early",
                "[,%s];0;an element of the array is missing",
                "[%s,];1;an element of the array is missing",
                "[%s] x;1;there must be nothing more after the array",
            })
    void arrayIsReadAsFarAsItIsOne(String body, int created, String stopped) {
        String text = body.replaceFirst("%s", job(0)).replaceFirst("%s", job(1));
        ValidatableResponse response = array(text);
        if (stopped.isEmpty()) {
            response.statusCode(200).body("created", equalTo(created));
        } else {
            response.statusCode(400)
                    .body("created", equalTo(created))
                    .body("next", equalTo(created))
                    .body("stopped.detail", containsString(stopped));
        }
    }

    @Test
    void jobsWithoutACommaBetweenThemAreOneThatCannotBeRead() {
        array("[" + job(0) + job(1) + "," + job(2) + "]").statusCode(200).body("results.status", contains(400, 201));
    }

    @Test
    void bracketsAndQuotesInTextsAreNoEnds() {
        array(
                        "[{\"handler\": \"api-test\", \"payload\": \"]}, \\\" [{ \\\\\"}, {\"handler\": \"api-test\", \"payload\": [[1], {\"a\": [\"]\"]}]}]")
                .statusCode(200)
                .body("created", equalTo(2));
    }

    @Test
    void moreJobsThanAllowedAreNotLookedAt() {
        array("[" + jobs(0, 51) + "]")
                .statusCode(413)
                .body("created", equalTo(50))
                .body("next", equalTo(50))
                .body("stopped.type", equalTo("urn:mainstay:problem:too-many-jobs"));
    }

    @ParameterizedTest
    @CsvSource({"store, 503, store-unavailable", "bug, 500, internal-error"})
    void whatConcernsAllJobsEndsTheRequestWhereItCanGoOn(String failure, int status, String slug) {
        String failing = "{\"handler\": \"api-faulty\", \"payload\": \"%s\"}".formatted(failure);
        array("[" + job(0) + "," + failing + "," + job(2) + "]")
                .statusCode(status)
                .contentType("application/json")
                .body("created", equalTo(1))
                .body("failed", equalTo(0))
                .body("next", equalTo(1))
                .body("stopped.type", equalTo("urn:mainstay:problem:" + slug))
                .body("stopped.detail", not(containsString("LOADING")));
    }

    @Test
    void bodyOverItsLimitIsRefused() {
        var response = array("[" + " ".repeat(40_000) + "]").body("limit", equalTo(32 * 1024));
        assertProblem(response, 413, "body-too-large");
    }

    @Test
    void bodyOverItsLimitIsRefusedWithoutADeclaredLength() throws Exception {
        byte[] body = ("[" + job(0) + "," + " ".repeat(100_000) + "]").getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + bulk))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        var response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"created\":1", "\"next\":1", "body-too-large");
    }

    @Test
    void keyOfASingleJobIsNotThatOfOneInABulk() {
        keyed("[{\"handler\": \"api-test\"}]").body("created", equalTo(1));
        for (String key : List.of("order-7", "order-7#0", "order-7 0")) {
            given().contentType("application/json")
                    .header("Idempotency-Key", key)
                    .body("{\"handler\": \"api-test\"}")
                    .post(jobs)
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void otherMediaTypesAreRefused() {
        assertProblem(given().contentType("text/plain").body("[]").post(bulk).then(), 415, "unsupported-media-type");
    }

    private ValidatableResponse array(String body) {
        return given().contentType("application/json").body(body).post(bulk).then();
    }

    private ValidatableResponse lines(String body) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs(BulkEnqueueResource.NDJSON, ContentType.TEXT)))
                .contentType(BulkEnqueueResource.NDJSON)
                .body(body)
                .post(bulk)
                .then();
    }

    private ValidatableResponse keyed(String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", "order-7")
                .body(body)
                .post(bulk)
                .then()
                .statusCode(200);
    }

    private static String jobs(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(BulkEnqueueServiceTest::job)
                .collect(Collectors.joining(", "));
    }

    private static String job(int number) {
        return "{\"id\": \"job-%d\", \"handler\": \"api-test\"}".formatted(number);
    }
}
