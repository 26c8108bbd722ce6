package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class JobSearchServiceTest extends ApiTest {

    private static final String LATER = "\"handler\": \"api-test\", \"delay\": \"PT1H\"";

    /** What the names of all queues of a test begin with. */
    private final String all = queue + "*";

    @Test
    void jobsOfAStateAreFoundInAllQueuesPageByPage() {
        for (String name : List.of("-a", "-b", "-c")) {
            add(name, "{\"id\": \"one\", " + LATER + "}");
            add(name, "{\"id\": \"two\", " + LATER + ", \"group\": {\"id\": \"g" + name + "\"}}");
        }
        add("-a", "{\"handler\": \"api-test\"}");

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            ValidatableResponse page = search("state=scheduled&limit=4" + cursor);
            page.body("incomplete", nullValue()).body("unavailable", nullValue());
            List<String> queues = page.extract().path("jobs.queue");
            List<String> ids = page.extract().path("jobs.id");
            for (int i = 0; i < ids.size(); i++) {
                found.add(queues.get(i).substring(queue.value().length()) + " " + ids.get(i));
            }
            String next = page.extract().path("next");
            cursor = next == null ? null : "&cursor=" + next;
        }

        assertThat(found).containsExactly("-a one", "-a two", "-b one", "-b two", "-c one", "-c two");
        search("state=scheduled&group=g-b")
                .body("jobs.queue", contains(queue + "-b"))
                .body("next", nullValue());
        search("state=scheduled&handler=other").body("jobs", empty());
        search("state=scheduled&to=2000-01-01T00:00:00Z").body("jobs", empty());
        search("state=scheduled&from=2000-01-01T00:00:00Z&limit=1").body("jobs.id", contains("one"));
    }

    @Test
    void jobsOfAnIdAreFoundInAllQueues() {
        add("-a", "{\"id\": \"same\", \"payload\": {\"n\": 1}, " + LATER + "}");
        add("-b", "{\"id\": \"same\", \"handler\": \"api-test\"}");
        add("-c", "{\"id\": \"other\", \"handler\": \"api-test\"}");

        search("id=same")
                .body("jobs.queue", contains(queue + "-a", queue + "-b"))
                .body("jobs[0].payloadBytes", equalTo(8))
                .body("next", nullValue());
        search("id=same&state=ready").body("jobs.queue", contains(queue + "-b"));
        search("id=none").body("jobs", empty());
    }

    @Test
    void onlyQueuesOfTheCallerAreSearched() {
        add("-mine", "{\"id\": \"same\", " + LATER + "}");
        add("-other", "{\"id\": \"same\", " + LATER + "}");
        String caller = "reader " + queue + "-m*";

        as(caller).get("/v1/jobs?state=scheduled").then().body("jobs.queue", contains(queue + "-mine"));
        as(caller).get("/v1/jobs?id=same&queue=" + all).then().body("jobs.queue", contains(queue + "-mine"));
        as(caller)
                .get("/v1/jobs?state=scheduled&cursor=" + queue + "-other/1_x")
                .then()
                .statusCode(200)
                .body("jobs", empty());
        assertProblem(
                as(caller)
                        .get("/v1/jobs?state=scheduled&queue=" + queue + "-other")
                        .then(),
                403,
                "forbidden");
    }

    @Test
    void listOfOneQueueTakesTheSameFilters() {
        enqueue("{\"id\": \"a\", \"handler\": \"api-test\"}").statusCode(201);
        run(ApiTest::death);
        enqueue("{\"id\": \"b\", \"handler\": \"api-test\", \"group\": {\"id\": \"g\"}}")
                .statusCode(201);

        given().get(jobs + "?state=dead&errorType=http-500").then().body("jobs.id", contains("a"));
        given().get(jobs + "?state=dead&errorType=timeout")
                .then()
                .body("jobs", empty())
                .body("next", nullValue());
        given().get(jobs + "?handler=api-test&group=g").then().body("jobs.id", contains("b"));
        given().get(jobs + "?handler=other").then().body("jobs", empty());
    }

    @Test
    void whatIsNotRightIsRefused() {
        for (String query : List.of(
                "limit=1",
                "state=open",
                "state=ready&limit=201",
                "state=ready&queue=No",
                "state=ready&cursor=%2F",
                "state=dead&error=x",
                "id=a&error=0123456789abcdef",
                "state=ready&group=",
                "state=ready&from=today")) {
            assertProblem(given().get("/v1/jobs?" + query).then(), 422, "invalid-value");
        }
    }

    private static RequestSpecification as(String caller) {
        return given().header(CallerByHeader.HEADER, caller);
    }

    private void add(String name, String job) {
        json(job).post("/v1/queues/" + queue + name + "/jobs").then().statusCode(201);
    }

    private ValidatableResponse search(String query) {
        return given().get("/v1/jobs?queue=" + all + "&" + query).then().statusCode(200);
    }
}
