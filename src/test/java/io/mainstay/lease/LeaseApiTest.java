package io.mainstay.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.queue.SomeClaim;
import io.mainstay.rest.ApiTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;

/** What tests of leases over REST share: jobs that a worker elsewhere was handed. */
public abstract class LeaseApiTest extends ApiTest {

    protected static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    protected LeaseTokens tokens;

    /** A lease of the job. */
    public record Held(String id, String token) {}

    /** Of a new job. */
    protected Held held() {
        enqueued();
        return heldNext();
    }

    /** Of a new job with these further fields. */
    protected Held held(String fields) {
        enqueue("{\"handler\": \"api-test\", " + fields + "}").statusCode(201);
        return heldNext();
    }

    /** Of the next job of the queue. */
    protected Held heldNext() {
        String token = "img-7f9c." + ids.nextToken();
        var claimed = leases.claim(SomeClaim.of(queue, "img-7f9c", token, 1, LEASE))
                .await()
                .atMost(SOON)
                .jobs();
        assertThat(claimed).hasSize(1);
        Job job = claimed.get(0);
        return new Held(
                job.id().value(),
                tokens.text(LeaseToken.of(job, token, LEASE)).await().atMost(SOON));
    }

    protected ValidatableResponse job(String id) {
        return given().get(jobPath(id)).then().statusCode(200);
    }

    protected static ValidatableResponse call(String token, String verb, String body) {
        return (body.isEmpty() ? given().noContentType() : json(body))
                .post("/v1/leases/" + token + "/" + verb)
                .then();
    }
}
