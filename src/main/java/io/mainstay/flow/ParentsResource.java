package io.mainstay.flow;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobQueue;
import io.mainstay.rest.job.JobReads;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a job of a flow runs after. Its path is that of all calls about queues, see {@code JobResource}. */
@Path("/v1/queues")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class ParentsResource {

    private final JobQueue jobs;
    private final Flows flows;
    private final JobReads reads;
    private final CurrentCaller callers;

    ParentsResource(JobQueue jobs, Flows flows, JobReads reads, CurrentCaller callers) {
        this.callers = callers;
        this.jobs = jobs;
        this.flows = flows;
        this.reads = reads;
    }

    @GET
    @Path("/{queue}/jobs/{id}/parents")
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.QUEUE)
    @Operation(operationId = "getParents", summary = "List the parents of a flow's job, with their results")
    @APIResponse(responseCode = "200", ref = "Parents")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    public Uni<ParentsView> parents(@PathParam("queue") String queue, @PathParam("id") String id) {
        JobId job = new JobId(id);
        Caller caller = callers.get();
        Uni<ParentsView> parents =
                reads.large(() -> flows.parents(job).map(nodes -> ParentsView.of(nodes, caller)), ParentsView::bytes);
        return jobs.state(new QueueName(queue), job).chain(there -> parents);
    }
}
