package io.mainstay.bulk;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes to all jobs that match. Its path is that of all calls about queues, see {@code JobResource}. */
@Path("/v1/queues")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection(fields = false)
public class BulkActionResource {

    private static final String JOBS = "/{queue}/jobs";

    private final BulkActions jobs;

    BulkActionResource(BulkActions jobs) {
        this.jobs = jobs;
    }

    @POST
    @Path(JOBS + "/cancel")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "cancelJobs", summary = "Cancel matching jobs, a bounded number per call")
    @Parameter(name = "state", in = ParameterIn.QUERY, required = true, ref = "manyState")
    @Parameter(name = "handler", in = ParameterIn.QUERY, ref = "handler")
    @Parameter(name = "group", in = ParameterIn.QUERY, ref = "group")
    @Parameter(name = "errorType", in = ParameterIn.QUERY, ref = "errorType")
    @Parameter(name = "error", in = ParameterIn.QUERY, ref = "error")
    @Parameter(name = "enqueuedFrom", in = ParameterIn.QUERY, ref = "enqueuedFrom")
    @Parameter(name = "enqueuedBefore", in = ParameterIn.QUERY, ref = "enqueuedBefore")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "cursor")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "manyLimit")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, ref = "dryRun")
    @APIResponse(responseCode = "200", ref = "ManyChanged")
    public Uni<BulkActionView> cancel(@PathParam("queue") String queue, @Context UriInfo uri) {
        return change(queue, BulkAction.CANCEL, JobSelection.of(uri.getQueryParameters()));
    }

    @POST
    @Path(JOBS + "/delete")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "deleteJobs", summary = "Delete matching ended jobs, a bounded number per call")
    @Parameter(name = "state", in = ParameterIn.QUERY, required = true, ref = "manyState")
    @Parameter(name = "handler", in = ParameterIn.QUERY, ref = "handler")
    @Parameter(name = "group", in = ParameterIn.QUERY, ref = "group")
    @Parameter(name = "errorType", in = ParameterIn.QUERY, ref = "errorType")
    @Parameter(name = "error", in = ParameterIn.QUERY, ref = "error")
    @Parameter(name = "enqueuedFrom", in = ParameterIn.QUERY, ref = "enqueuedFrom")
    @Parameter(name = "enqueuedBefore", in = ParameterIn.QUERY, ref = "enqueuedBefore")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "cursor")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "manyLimit")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, ref = "dryRun")
    @APIResponse(responseCode = "200", ref = "ManyChanged")
    public Uni<BulkActionView> delete(@PathParam("queue") String queue, @Context UriInfo uri) {
        return change(queue, BulkAction.DELETE, JobSelection.of(uri.getQueryParameters()));
    }

    @POST
    @Path(JOBS + "/requeue")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(
            operationId = "requeueJobs",
            summary = "Requeue matching dead or cancelled jobs, a bounded number per call")
    @Parameter(name = "state", in = ParameterIn.QUERY, ref = "manyState")
    @Parameter(name = "handler", in = ParameterIn.QUERY, ref = "handler")
    @Parameter(name = "group", in = ParameterIn.QUERY, ref = "group")
    @Parameter(name = "errorType", in = ParameterIn.QUERY, ref = "errorType")
    @Parameter(name = "error", in = ParameterIn.QUERY, ref = "error")
    @Parameter(name = "enqueuedFrom", in = ParameterIn.QUERY, ref = "enqueuedFrom")
    @Parameter(name = "enqueuedBefore", in = ParameterIn.QUERY, ref = "enqueuedBefore")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "cursor")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "manyLimit")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, ref = "dryRun")
    @Parameter(name = "perMinute", in = ParameterIn.QUERY, ref = "perMinute")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "Requeue")))
    @APIResponse(responseCode = "200", ref = "ManyChanged")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<BulkActionView> requeue(@PathParam("queue") String queue, @Context UriInfo uri, RequeueRequest body) {
        JobSelection query = JobSelection.of(uri.getQueryParameters());
        return change(queue, BulkAction.REQUEUE, body == null ? query : query.with(body));
    }

    private Uni<BulkActionView> change(String queue, BulkAction action, JobSelection selection) {
        // What is run again was dead, mostly; what is to end or to vanish must be named.
        JobState state = selection.state().or(() -> usual(action)).orElseThrow(JobSelection::withoutState);
        BulkActions.Order order = new BulkActions.Order(
                action,
                state,
                selection.filter(),
                selection.cursor(),
                selection.limit(),
                selection.dryRun(),
                selection.perMinute());
        return jobs.change(new QueueName(queue), order).map(done -> BulkActionView.of(done, selection.dryRun()));
    }

    private static Optional<JobState> usual(BulkAction action) {
        return action == BulkAction.REQUEUE ? Optional.of(JobState.DEAD) : Optional.empty();
    }
}
