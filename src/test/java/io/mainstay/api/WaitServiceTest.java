package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class WaitServiceTest extends ApiTest {

    @Test
    void readWaitsForTheEnd() throws Exception {
        String id = enqueued();
        var answer = inBackground(() -> given().header("Prefer", "wait=30").get(jobPath(id)));
        run(ApiTest::success);

        answer.get(30, TimeUnit.SECONDS)
                .then()
                .statusCode(200)
                // As much as mainstay.jobs.max-wait allows.
                .header("Preference-Applied", "wait=5")
                .body("state", equalTo("succeeded"));
    }

    @Test
    void enqueueWaitsForTheEnd() throws Exception {
        var answer = inBackground(() -> json("{\"handler\": \"api-test\"}")
                .header("Prefer", "respond-async, WAIT = \"5\"; x=y")
                .post(jobs));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> given().get(jobs).jsonPath().getList("jobs").size() == 1);
        run(ApiTest::success);

        answer.get(30, TimeUnit.SECONDS).then().statusCode(201).body("state", equalTo("succeeded"));
    }

    /** What it reads of the request after the wait it has to know before. */
    @Test
    void jobOfAScheduleThatIsWaitedForIsAnsweredAsItEnded() throws Exception {
        String schedule = "/v1/schedules/" + queue;
        json("{\"cron\": \"@yearly\", \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\"}}".formatted(queue))
                .put(schedule)
                .then()
                .statusCode(201);

        assertAnsweredAsItEnded(() -> given().header("Prefer", "wait=5").post(schedule + "/trigger"));

        given().delete(schedule).then().statusCode(204);
    }

    @Test
    void jobOfADeclaredHandlerThatIsWaitedForIsAnsweredAsItEnded() throws Exception {
        String handler = "/v1/handlers/api-test";
        json("{\"queue\": \"%s\"}".formatted(queue)).put(handler).then().statusCode(201);

        assertAnsweredAsItEnded(() ->
                json("{\"handler\": \"api-test\"}").header("Prefer", "wait=5").post("/v1/jobs"));

        given().delete(handler).then().statusCode(204);
    }

    private void assertAnsweredAsItEnded(Supplier<Response> request) throws Exception {
        var answer = inBackground(request);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> given().get(jobs).jsonPath().getList("jobs").size() == 1);
        run(ApiTest::success);
        answer.get(30, TimeUnit.SECONDS)
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=5")
                .body("state", equalTo("succeeded"));
    }

    @Test
    void waitThatIsOverAnswersWithTheStateAsItIs() {
        String id = enqueued();
        long start = System.nanoTime();
        given().header("Prefer", "wait=1")
                .get(jobPath(id))
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=1")
                .body("state", equalTo("ready"));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void preferenceThatIsNoWaitIsIgnored() {
        String id = enqueued();
        for (String prefer : new String[] {"wait=soon", "return=minimal", "await=5", "wait=-1"}) {
            given().header("Prefer", prefer)
                    .get(jobPath(id))
                    .then()
                    .statusCode(200)
                    .header("Preference-Applied", nullValue());
        }
    }

    @Test
    void aWaitBeyondTheLimitIsCutToIt() throws Exception {
        String id = enqueued();
        List<CompletableFuture<Response>> answers = Stream.of("9999999999", "9".repeat(300))
                .map(wait -> inBackground(
                        () -> given().header("Prefer", "wait=" + wait).get(jobPath(id))))
                .toList();
        for (CompletableFuture<Response> answer : answers) {
            answer.get(30, TimeUnit.SECONDS).then().statusCode(200).header("Preference-Applied", "wait=5");
        }
    }

    @Test
    void aWaitOfNothingAnswersAtOnceWithTheJobThatWasMade() {
        for (int i = 0; i < 20; i++) {
            json("{\"handler\": \"api-test\"}")
                    .header("Prefer", "wait=0")
                    .post(jobs)
                    .then()
                    .statusCode(201)
                    .header("Preference-Applied", "wait=0")
                    .body("state", equalTo("ready"));
        }
        assertThat(given().get(jobs).jsonPath().getList("jobs")).hasSize(20);
    }

    /** The end of a wait falls anywhere within a millisecond: some of many fell where no timer can be set. */
    @Test
    void manyWaitsThatRunOutAreAllAnswered() {
        String id = enqueued();
        List<CompletableFuture<Response>> answers = Stream.generate(() ->
                        inBackground(() -> given().header("Prefer", "wait=1").get(jobPath(id))))
                .limit(100)
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(
                        answer.get(60, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200));
    }

    private static CompletableFuture<Response> inBackground(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request);
    }
}
