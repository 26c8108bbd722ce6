package io.mainstay.api;

import io.mainstay.api.listing.QueueListing;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.registry.QueueDeletions;
import io.mainstay.registry.QueueQuery;
import io.mainstay.rest.WholeNumber;
import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The queues and their figures. Any name may be asked for: a queue needs no declaration to exist. */
@Path("/v1/queues")
@Tag(name = "Queues")
@RegisterForReflection(fields = false)
public class QueueResource {

    private static final String HANDLER = "The handler; it need not be known yet.";

    private final JobQueue jobs;
    private final QueueListing queues;
    private final QueueDeletions deletions;
    private final CurrentCaller callers;

    QueueResource(JobQueue jobs, QueueListing queues, QueueDeletions deletions, CurrentCaller callers) {
        this.callers = callers;
        this.jobs = jobs;
        this.queues = queues;
        this.deletions = deletions;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listQueues", summary = "List queues with their counts")
    @APIResponse(responseCode = "200", ref = "Queues")
    public Uni<QueueList> list(
            @QueryParam("prefix") String prefix,
            @QueryParam("cursor") String cursor,
            @Parameter(
                            description = "Maximum number of queues on the page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @DefaultValue("100")
                    String limit) {
        QueueQuery query = QueueQuery.of(prefix, cursor, WholeNumber.parse("limit", limit));
        return queues.page(query, callers.get().queues()).map(QueueList::of);
    }

    @GET
    @Path("/{queue}")
    @Access(value = Role.READER, scope = Scope.QUEUE)
    @Operation(operationId = "getQueue", summary = "Read the counts and limits of a queue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> get(@PathParam("queue") String queue) {
        return jobs.figures(new QueueName(queue)).map(QueueView::of);
    }

    @DELETE
    @Path("/{queue}")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "deleteQueue", summary = "Delete an empty queue, or with force a queue and all its jobs")
    @APIResponse(responseCode = "200", ref = "QueueDeleted")
    @APIResponse(responseCode = "202", ref = "QueueHalfDeleted")
    @APIResponse(responseCode = "409", ref = "QueueNotEmpty")
    public Uni<RestResponse<DeletionView>> delete(
            @PathParam("queue") String queue, @QueryParam("force") @DefaultValue("false") String force) {
        return deletions
                .delete(new QueueName(queue), flag("force", force))
                .map(deletion -> RestResponse.ResponseBuilder.create(
                                deletion.gone() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED,
                                DeletionView.of(deletion))
                        .build());
    }

    @PUT
    @Path("/{queue}/limits")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "limitQueue", summary = "Set all limits of a queue; limits left out are removed")
    @RequestBody(ref = "QueueLimits")
    @APIResponse(responseCode = "200", ref = "Queue")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<QueueView> limit(@PathParam("queue") String queue, QueueLimits limits) {
        return jobs.changeLimits(new QueueName(queue), LimitsPatch.all(limits)).map(QueueView::of);
    }

    @PATCH
    @Path("/{queue}/limits")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "changeLimits", summary = "Set or remove some limits of a queue; the others are unchanged")
    @RequestBody(ref = "LimitsChange")
    @APIResponse(responseCode = "200", ref = "Queue")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<QueueView> change(@PathParam("queue") String queue, LimitsPatch patch) {
        return jobs.changeLimits(new QueueName(queue), patch).map(QueueView::of);
    }

    @POST
    @Path("/{queue}/handlers/{handler}/pause")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "pauseHandler", summary = "Pause one handler in a queue; running jobs continue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> pause(
            @PathParam("queue") String queue, @Parameter(description = HANDLER) @PathParam("handler") String handler) {
        return jobs.setPaused(new QueueName(queue), new HandlerName(handler), true)
                .map(QueueView::of);
    }

    @POST
    @Path("/{queue}/handlers/{handler}/resume")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "resumeHandler", summary = "Resume a paused handler in a queue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> resume(
            @PathParam("queue") String queue, @Parameter(description = HANDLER) @PathParam("handler") String handler) {
        return jobs.setPaused(new QueueName(queue), new HandlerName(handler), false)
                .map(QueueView::of);
    }

    @POST
    @Path("/{queue}/pause")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "pauseQueue", summary = "Pause a queue; running jobs continue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> pause(@PathParam("queue") String queue) {
        return jobs.setPaused(new QueueName(queue), true).map(QueueView::of);
    }

    @POST
    @Path("/{queue}/resume")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "resumeQueue", summary = "Resume a paused queue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> resume(@PathParam("queue") String queue) {
        return jobs.setPaused(new QueueName(queue), false).map(QueueView::of);
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException(name, value, "true or false");
        };
    }
}
