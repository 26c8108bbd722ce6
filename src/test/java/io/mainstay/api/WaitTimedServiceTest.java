package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.machine.TimedTest;
import io.mainstay.rest.ApiTest;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

@Tag("timed")
@QuarkusTest
@TestProfile(WorkersProfile.class)
class WaitTimedServiceTest extends ApiTest {

    /** By then its state is looked at about once a second. */
    @TimedTest
    void endIsToldToWhoWaitsForLong() throws Exception {
        String id = enqueue("{\"handler\": \"api-test\", \"delay\": \"PT1H\"}")
                .statusCode(201)
                .extract()
                .path("id");
        long start = System.nanoTime();
        var answer = inBackground(() -> given().header("Prefer", "wait=30").get(jobPath(id)));
        Awaitility.await().until(() -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(450));
        given().delete(jobPath(id)).then().statusCode(200);
        long cancelled = System.nanoTime();

        answer.get(30, TimeUnit.SECONDS).then().statusCode(200).body("state", equalTo("cancelled"));
        assertThat(System.nanoTime() - cancelled).isLessThan(TimeUnit.MILLISECONDS.toNanos(300));
    }

    private static CompletableFuture<Response> inBackground(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request);
    }
}
