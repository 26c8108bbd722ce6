package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.job.Lease;
import io.mainstay.queue.JobNote;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class JobResourceServiceTest extends ApiTest {

    @Test
    void succeededJobShowsItsResultAndTimes() {
        String id = enqueued();
        run(ApiTest::success);

        var response = given().get(jobPath(id)).then().statusCode(200);
        response.body("state", equalTo("succeeded"))
                .body("attempt", equalTo(1))
                .body("startedAt", notNullValue())
                .body("finishedAt", notNullValue());
        assertThat(response.extract().asString()).contains("\"result\":{\"n\": 1.50}");
    }

    @Test
    void listGivesTheSizesOfPayloadAndResultUnlessTheyAreAskedFor() {
        enqueue("{\"handler\": \"api-test\", \"payload\": {\"a\": 1}}").statusCode(201);
        run(ApiTest::success);
        String succeeded = jobs + "?state=succeeded";

        given().get(succeeded)
                .then()
                .statusCode(200)
                .body("jobs[0].payloadBytes", equalTo(8))
                .body("jobs[0].resultBytes", equalTo(11))
                .body("jobs[0].payload", nullValue())
                .body("jobs[0].result", nullValue());
        given().get(succeeded + "&include=result")
                .then()
                .body("jobs[0].payloadBytes", equalTo(8))
                .body("jobs[0].resultBytes", nullValue())
                .body("jobs[0].result.n", equalTo(1.5f));
        given().get(succeeded + "&include=payload,result")
                .then()
                .body("jobs[0].payload.a", equalTo(1))
                .body("jobs[0].result.n", equalTo(1.5f));
        for (String parts : new String[] {"everything", "payload,"}) {
            assertProblem(given().get(succeeded + "&include=" + parts).then(), 422, "invalid-value");
        }
    }

    @Test
    void deadJobShowsItsErrors() {
        String id = enqueued();
        run(ApiTest::death);

        given().get(jobPath(id))
                .then()
                .statusCode(200)
                .body("state", equalTo("dead"))
                .body("errors[0].attempt", equalTo(1))
                .body("errors[0].at", notNullValue())
                .body("errors[0].type", equalTo("http-500"))
                .body("errors[0].message", equalTo("it \"broke\""));
    }

    @Test
    void attemptsAreListedWithWhatBecameOfThem() {
        String id = enqueued();
        given().get(jobPath(id) + "/attempts").then().statusCode(200).body("attempts", hasSize(0));
        run(ApiTest::death);

        given().get(jobPath(id) + "/attempts")
                .then()
                .statusCode(200)
                .body("attempts.attempt", contains(1))
                .body("attempts[0].outcome", equalTo("failed"))
                .body("attempts[0].startedAt", notNullValue())
                .body("attempts[0].endedAt", notNullValue())
                .body("attempts[0].error.type", equalTo("http-500"))
                .body("attempts[0].error.message", equalTo("it \"broke\""));
        given().get(jobPath(id)).then().body("errors[0].startedAt", notNullValue());
        given().post(jobPath(id) + "/requeue").then().statusCode(200);
        claim();
        given().get(jobPath(id) + "/attempts")
                .then()
                .body("attempts.outcome", contains("failed", "running"))
                .body("attempts[1].error", nullValue());
    }

    @Test
    void jobShowsItsProgressAndLog() {
        String id = enqueued();
        given().get(jobPath(id)).then().body("progress", nullValue());
        given().get(jobPath(id) + "/log").then().statusCode(200).body("lines", hasSize(0));
        Lease lease = claim();
        note(lease, Optional.of(new JobNote.Said(40, "4 of 10")), "begun", "said \"ü\"");

        given().get(jobPath(id))
                .then()
                .body("progress.percent", equalTo(40))
                .body("progress.note", equalTo("4 of 10"))
                .body("progress.at", notNullValue());
        given().get(jobPath(id) + "/log")
                .then()
                .statusCode(200)
                .body("lines.text", contains("begun", "said \"ü\""))
                .body("lines.attempt", contains(1, 1))
                .body("lines[0].at", notNullValue());
        note(lease, Optional.of(new JobNote.Said(50, "")));
        given().get(jobPath(id)).then().body("progress.percent", equalTo(50)).body("progress.note", nullValue());
    }

    private void note(Lease lease, Optional<JobNote.Said> said, String... texts) {
        List<JobNote.Line> lines = Stream.of(texts)
                .map(text -> new JobNote.Line(Duration.ZERO, text))
                .toList();
        leases.note(queue, List.of(new JobNote(lease, 1, said, 1, lines)))
                .await()
                .indefinitely();
    }

    @Test
    void unknownJobIsNotFound() {
        assertProblem(given().get(jobPath("none")).then(), 404, "job-not-found");
        assertProblem(given().get(jobPath("none") + "/attempts").then(), 404, "job-not-found");
        assertProblem(given().get(jobPath("none") + "/log").then(), 404, "job-not-found");
        assertProblem(given().delete(jobPath("none")).then(), 404, "job-not-found");
        assertProblem(given().post(jobPath("none") + "/requeue").then(), 404, "job-not-found");
    }

    /** What stands behind {@code jobs/} in the path of a call is still an id of a job for the others. */
    @ParameterizedTest
    @ValueSource(strings = {"bulk", "requeue"})
    void jobMayHaveTheNameOfACall(String id) {
        enqueue("{\"handler\": \"api-test\", \"id\": \"%s\"}".formatted(id)).statusCode(201);
        given().get(jobPath(id)).then().statusCode(200).body("id", equalTo(id));
        given().delete(jobPath(id)).then().statusCode(200).body("state", equalTo("cancelled"));
    }

    @Test
    void jobIsCancelledOnceAndStaysSo() {
        String id = enqueued();
        given().delete(jobPath(id)).then().statusCode(200).body("state", equalTo("cancelled"));
        given().delete(jobPath(id)).then().statusCode(200).body("state", equalTo("cancelled"));
    }

    @Test
    void endedJobCannotBeCancelled() {
        String id = enqueued();
        run(ApiTest::success);

        assertProblem(given().delete(jobPath(id)).then().body("state", equalTo("succeeded")), 409, "job-conflict");
    }

    @Test
    void deadJobRunsAgainWhenRequeued() {
        String id = enqueued();
        run(ApiTest::death);

        given().post(jobPath(id) + "/requeue").then().statusCode(200).body("state", equalTo("ready"));
        run(ApiTest::success);
        given().get(jobPath(id)).then().body("state", equalTo("succeeded"));
    }

    @Test
    void jobThatIsNotDeadCannotBeRequeued() {
        String id = enqueued();
        var response = given().post(jobPath(id) + "/requeue").then().body("state", equalTo("ready"));
        assertProblem(response, 409, "job-conflict");
    }

    @Test
    void jobsAreListedByStatePageByPage() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(enqueued());
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = given().queryParam("state", "ready").queryParam("limit", 2);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get(jobs)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<String> ids = page.getList("jobs.id");
            assertThat(ids).hasSizeBetween(1, 2);
            seen.addAll(ids);
            cursor = page.getString("next");
        } while (cursor != null && seen.size() < 10);
        assertThat(seen).containsExactlyElementsOf(all);
    }

    @Test
    void readyJobsAreListedUnlessAskedOtherwise() {
        String id = enqueued();
        given().get(jobs).then().statusCode(200).body("jobs.id", contains(id)).body("next", nullValue());
        given().queryParam("state", "dead").get(jobs).then().statusCode(200).body("jobs.size()", equalTo(0));
    }

    @Test
    void deadJobsThatMatchAreRequeuedTogether() {
        for (int i = 0; i < 3; i++) {
            enqueued();
            run(ApiTest::death);
        }
        String requeue = jobs + "/requeue";
        json("{\"errorType\": \"other\"}").post(requeue).then().statusCode(200).body("count", equalTo(0));
        json("{\"handler\": \"other\"}").post(requeue).then().statusCode(200).body("count", equalTo(0));
        json("{\"handler\": \"api-test\", \"errorType\": \"http-500\"}")
                .post(requeue)
                .then()
                .statusCode(200)
                .body("count", equalTo(3))
                .body("next", nullValue());
        given().get(jobs).then().body("jobs.size()", equalTo(3));
    }

    @Test
    void requeueOfManyIsAsStrictAsAnEnqueue() {
        String requeue = jobs + "/requeue";
        assertProblem(json("{\"handlr\": \"a\"}").post(requeue).then(), 400, "unknown-field");
        assertProblem(json("{\"handler\": 1}").post(requeue).then(), 400, "wrong-type");
        assertProblem(json("{\"handler\": \"a b\"}").post(requeue).then(), 422, "invalid-value");
        assertProblem(json("{\"cursor\": \"nonsense\"}").post(requeue).then(), 422, "invalid-value");
        assertProblem(json("{").post(requeue).then(), 400, "malformed-json");
        given().contentType("application/json")
                .post(requeue)
                .then()
                .statusCode(200)
                .body("count", equalTo(0));
    }
}
