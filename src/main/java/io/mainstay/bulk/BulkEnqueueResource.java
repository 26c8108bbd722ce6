package io.mainstay.bulk;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.rest.HttpProblem;
import io.mainstay.rest.Problem;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Many jobs in one request. Its path is that of all calls about queues, see {@code JobResource}. */
@Path("/v1/queues")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class BulkEnqueueResource {

    static final String NDJSON = "application/x-ndjson";
    static final String PATH_END = "/jobs/bulk";

    private static final Set<Integer> AGAIN = Set.of(429, 503);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final BulkIntake intake;
    private final BulkRequests requests;

    BulkEnqueueResource(BulkIntake intake, BulkRequests requests) {
        this.intake = intake;
        this.requests = requests;
    }

    /** Answers when all was read: a caller that sends all before it reads anything would wait forever otherwise. */
    @POST
    @Path("/{queue}" + PATH_END)
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    @Access(value = Role.PRODUCER, scope = Scope.QUEUE)
    @Operation(operationId = "enqueueBulk", summary = "Add many jobs")
    @RequestBody(ref = "NewJobs")
    @APIResponse(responseCode = "200", ref = "BulkDone")
    @APIResponse(responseCode = "408", ref = "BulkStopped")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "TooManyRequests")
    @APIResponse(responseCode = "503", ref = "BulkStopped")
    public RestResponse<?> enqueue(
            @PathParam("queue") String queue,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("traceparent") String traceparent,
            @QueryParam("results") @DefaultValue("all") String results,
            @Context RoutingContext routing) {
        boolean onlyFailed = onlyFailed(results);
        QueueName name = new QueueName(queue);
        if (type == null) {
            return refused(HttpProblem.of(415));
        }
        BulkBody body = requests.begin(routing.request());
        try {
            if (body.stopped() != null) {
                return refused(body.stopped());
            }
            boolean lines = type.isCompatible(MediaType.valueOf(NDJSON));
            return answer(intake.take(name, body, lines, idempotencyKey, traceparent, onlyFailed));
        } finally {
            requests.end(body);
        }
    }

    private static RestResponse<BulkResult> answer(BulkResult result) {
        if (result.stopped() == null) {
            return RestResponse.ok(result);
        }
        int status = result.stopped().status();
        return retry(ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), result), status);
    }

    private static RestResponse<Problem> refused(Problem problem) {
        return retry(
                ResponseBuilder.<Problem>create(problem.status())
                        .entity(problem)
                        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE),
                problem.status());
    }

    private static <T> RestResponse<T> retry(ResponseBuilder<T> response, int status) {
        return AGAIN.contains(status)
                ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    private static boolean onlyFailed(String results) {
        if (!"all".equals(results) && !"failed".equals(results)) {
            throw new InvalidValueException("results", results, "all or failed");
        }
        return "failed".equals(results);
    }
}
