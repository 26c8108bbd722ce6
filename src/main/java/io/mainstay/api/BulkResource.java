package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Many jobs in one request. Shares its path with {@link QueueResource} for the same reason as {@link JobResource}. */
@Path("/v1/queues")
@Tag(name = "Jobs")
public class BulkResource {

    static final String NDJSON = "application/x-ndjson";
    static final String PATH_END = "/jobs/bulk";

    private static final String CONNECTION = "Connection";
    private static final String CLOSE = "close";
    private static final int TOO_MANY = 429;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final BulkIntake intake;
    private final Semaphore requests;

    BulkResource(BulkIntake intake, BulkConfig config) {
        this.intake = intake;
        this.requests = new Semaphore(config.maxRequests());
    }

    /** Answers when all was read: a caller that sends all before it reads anything would wait for ever otherwise. */
    @POST
    @Path("/{queue}" + PATH_END)
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(operationId = "enqueueBulk", summary = "Add many jobs")
    @RequestBody(ref = "NewJobs")
    @APIResponse(responseCode = "200", ref = "BulkDone")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "TooManyRequests")
    public RestResponse<?> enqueue(
            @PathParam("queue") String queue,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("traceparent") String traceparent,
            @QueryParam("results") @DefaultValue("all") String results,
            InputStream body) {
        boolean onlyFailed = onlyFailed(results);
        QueueName name = new QueueName(queue);
        if (!requests.tryAcquire()) {
            return tooMany();
        }
        try {
            boolean lines = type.isCompatible(MediaType.valueOf(NDJSON));
            BulkResult result = intake.take(name, body, lines, idempotencyKey, traceparent, onlyFailed);
            return answer(result);
        } finally {
            requests.release();
        }
    }

    private static RestResponse<BulkResult> answer(BulkResult result) {
        if (result.stopped() == null) {
            return RestResponse.ok(result);
        }
        // What is left of the body is not read, so the connection is of no more use.
        return ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(result.stopped().status()), result)
                .header(CONNECTION, CLOSE)
                .build();
    }

    private static RestResponse<Problem> tooMany() {
        return ResponseBuilder.<Problem>create(TOO_MANY)
                .entity(Problem.of(
                        "too-many-bulk-requests", TOO_MANY, "This instance reads as many bulk requests as it may."))
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .header(CONNECTION, CLOSE)
                .build();
    }

    private static boolean onlyFailed(String results) {
        if (!"all".equals(results) && !"failed".equals(results)) {
            throw new InvalidValueException("results", results, "all or failed");
        }
        return "failed".equals(results);
    }
}
