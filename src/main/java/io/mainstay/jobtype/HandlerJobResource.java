package io.mainstay.jobtype;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobQueue;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.rest.job.JobAnswers;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobRequest;
import io.mainstay.rest.job.Requester;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Jobs whose queue is the one that is declared for their handler. */
@Path("/v1/jobs")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class HandlerJobResource {

    private final JobIntake intake;
    private final JobQueue jobs;
    private final JobAnswers answers;

    HandlerJobResource(JobIntake intake, JobQueue jobs, JobAnswers answers) {
        this.intake = intake;
        this.jobs = jobs;
        this.answers = answers;
    }

    @POST
    @Access(value = Role.PRODUCER, scope = Scope.BODY)
    @Operation(operationId = "enqueueJob", summary = "Add a job to the queue declared for its handler")
    @RequestBody(ref = "NewJob")
    @APIResponse(responseCode = "201", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobExists")
    @APIResponse(responseCode = "409", ref = "KeyTaken")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "QueueFull")
    public Uni<RestResponse<?>> enqueue(
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("Prefer") List<String> prefer,
            @HeaderParam("traceparent") String traceparent,
            JobRequest request) {
        Requester requester = answers.requester();
        Uni<Enqueued> added = intake.prepare(request).chain(() -> {
            QueueName queue = intake.queueOf(request);
            ForbiddenException.checkQueue(requester.caller(), queue.value());
            return jobs.enqueue(intake.accept(queue, request, idempotencyKey, traceparent));
        });
        return answers.added(added, prefer, intake.durabilityOf(request), requester);
    }
}
