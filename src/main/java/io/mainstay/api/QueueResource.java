package io.mainstay.api;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobQueue;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The queues and their figures. Any name may be asked for: a queue needs no declaration to exist. */
@Path("/v1/queues")
@Tag(name = "Queues")
public class QueueResource {

    private final JobQueue jobs;

    QueueResource(JobQueue jobs) {
        this.jobs = jobs;
    }

    @GET
    @Operation(operationId = "listQueues", summary = "List the queues that ever got a job")
    @APIResponse(responseCode = "200", ref = "Queues")
    public Uni<QueueList> list() {
        return jobs.queues().map(QueueList::of);
    }

    @GET
    @Path("/{queue}")
    @Operation(operationId = "getQueue", summary = "Read the figures of a queue")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> get(@PathParam("queue") String queue) {
        return jobs.figures(new QueueName(queue)).map(QueueView::of);
    }

    @PUT
    @Path("/{queue}/limits")
    @Operation(operationId = "limitQueue", summary = "Set how many jobs may wait in a queue")
    @RequestBody(ref = "QueueLimits")
    @APIResponse(responseCode = "200", ref = "Queue")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<QueueView> limit(@PathParam("queue") String queue, QueueLimits limits) {
        return jobs.setMaxWaiting(new QueueName(queue), limits.maxWaiting()).map(QueueView::of);
    }

    @POST
    @Path("/{queue}/pause")
    @Operation(operationId = "pauseQueue", summary = "Stop starting jobs of a queue; running ones go on")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> pause(@PathParam("queue") String queue) {
        return jobs.setPaused(new QueueName(queue), true).map(QueueView::of);
    }

    @POST
    @Path("/{queue}/resume")
    @Operation(operationId = "resumeQueue", summary = "Start jobs of a paused queue again")
    @APIResponse(responseCode = "200", ref = "Queue")
    public Uni<QueueView> resume(@PathParam("queue") String queue) {
        return jobs.setPaused(new QueueName(queue), false).map(QueueView::of);
    }
}
