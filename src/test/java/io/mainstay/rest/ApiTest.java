package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobIds;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What the tests of the API share: a queue of their own each, and a worker's part played by hand. */
public abstract class ApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    protected LeaseStore leases;

    @Inject
    protected JobIds ids;

    protected final QueueName queue = new QueueName("api-" + UUID.randomUUID());
    protected final String jobs = "/v1/queues/" + queue + "/jobs";

    protected static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    protected ValidatableResponse enqueue(String body) {
        return json(body).post(jobs).then();
    }

    /** Adds a job and answers with its id. */
    protected String enqueued() {
        return enqueue("{\"handler\": \"api-test\"}").statusCode(201).extract().path("id");
    }

    protected String jobPath(String id) {
        return jobs + "/" + id;
    }

    /** Claims the next job of the queue as a worker would. */
    protected Lease claim() {
        String token = ids.nextToken();
        var request = SomeClaim.of(queue, "api-test", token, 1, Duration.ofSeconds(30));
        var claimed = leases.claim(request).await().atMost(SOON).jobs();
        assertThat(claimed).hasSize(1);
        return new Lease(claimed.get(0).id(), token);
    }

    /** Claims the next job and reports how it went. */
    protected void run(Function<Lease, Settlement> report) {
        leases.settle(queue, List.of(report.apply(claim()))).await().atMost(SOON);
    }

    protected static Settlement success(Lease lease) {
        return new Settlement.Complete(lease, Optional.of(new Json("{\"n\": 1.50}")));
    }

    protected static Settlement death(Lease lease) {
        return new Settlement.Fail(lease, "http-500", "it \"broke\"", Optional.empty());
    }

    protected static void assertProblem(ValidatableResponse response, int status, String slug) {
        var body = response.statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .jsonPath();
        assertThat(body.getString("type")).isEqualTo("urn:mainstay:problem:" + slug);
        assertThat(body.getInt("status")).isEqualTo(status);
        assertThat(body.getString("title")).isNotBlank();
        assertThat(body.getString("detail")).isNotBlank();
    }
}
