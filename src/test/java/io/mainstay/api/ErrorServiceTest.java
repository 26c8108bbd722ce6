package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ErrorServiceTest extends ApiTest {

    private final String errors = "/v1/errors?queue=" + queue + "*";

    @Test
    void deadJobsAreGroupedListedAndRequeuedAtARate() {
        die("order 17 not found");
        die("order 18 not found");
        String other = die("no room");

        given().get(errors)
                .then()
                .statusCode(200)
                .body("errors.message", contains("no room", "order <n> not found"))
                .body("errors.jobs", contains(1, 2))
                .body("errors[0].example", equalTo(other))
                .body("errors[0].handler", equalTo("api-test"))
                .body("next", nullValue());
        String fingerprint = given().get(errors).path("errors[1].error");
        given().get(jobs + "?state=dead&error=" + fingerprint).then().body("jobs", hasSize(2));
        change("requeue?error=" + fingerprint + "&dryRun=true", 2, true);
        given().get(errors).then().body("errors.jobs", contains(1, 2));
        change("requeue?error=" + fingerprint + "&perMinute=1", 2, null);
        given().get(jobs + "?state=ready").then().body("jobs", hasSize(1));
        given().get(jobs + "?state=scheduled").then().body("jobs", hasSize(1));
        given().get(errors).then().body("errors.message", contains("no room"));
        change("delete?state=dead&errorType=t", 1, null);
        given().get(errors).then().body("errors", empty());
    }

    @Test
    void groupsAreListedPageByPageToThoseWhoMaySeeThem() {
        die("one");
        die("two");
        die("three");

        String next = given().get(errors + "&limit=2")
                .then()
                .body("errors.message", contains("three", "two"))
                .extract()
                .path("next");
        given().get(errors + "&limit=2&cursor=" + next)
                .then()
                .body("errors.message", contains("one"))
                .body("next", nullValue());
        given().header(CallerByHeader.HEADER, "reader " + queue)
                .get(errors)
                .then()
                .body("errors", hasSize(3))
                .body("errors.message", contains(nullValue(), nullValue(), nullValue()));
        given().header(CallerByHeader.HEADER, "reader other")
                .get(errors)
                .then()
                .statusCode(200)
                .body("errors", empty());
    }

    @Test
    void whatIsNotRightIsRefused() {
        assertProblem(given().get("/v1/errors?limit=0").then(), 422, "invalid-value");
        assertProblem(given().get(errors + "&cursor=" + queue + "/y").then(), 422, "invalid-value");
        assertProblem(given().get("/v1/errors?queue=A").then(), 422, "invalid-value");
    }

    private String die(String message) {
        String id = enqueued();
        run(lease -> new Settlement.Fail(lease, "t", message, Optional.empty()));
        return id;
    }

    private void change(String action, int count, Boolean dry) {
        given().noContentType()
                .post(jobs + "/" + action)
                .then()
                .statusCode(200)
                .body("count", equalTo(count))
                .body("dryRun", equalTo(dry));
    }
}
