package io.mainstay.api;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.rest.WholeNumber;
import io.mainstay.rest.job.JobAnswers;
import io.mainstay.rest.job.JobFilterQuery;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobReads;
import io.mainstay.rest.job.JobRequest;
import io.mainstay.rest.job.JobView;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The jobs of a queue. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}.
 *
 * <p>Its path is that of {@link QueueResource} on purpose, as are those of all calls about queues: where a longer one of its
 * own lacks a method, Quarkus REST goes on to the shorter one, finds nothing and answers 404 instead of 405.
 */
@Path("/v1/queues")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class JobResource {

    private static final String JOBS = "/{queue}/jobs";
    private static final String JOB = JOBS + "/{id}";

    private final JobQueue jobs;
    private final JobIntake intake;
    private final JobAnswers answers;
    private final JobReads reads;

    JobResource(JobQueue jobs, JobIntake intake, JobAnswers answers, JobReads reads) {
        this.reads = reads;
        this.jobs = jobs;
        this.intake = intake;
        this.answers = answers;
    }

    @POST
    @Path(JOBS)
    @Access(value = Role.PRODUCER, scope = Scope.QUEUE)
    @Operation(operationId = "enqueue", summary = "Add a job")
    @RequestBody(ref = "NewJob")
    @APIResponse(responseCode = "201", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobExists")
    @APIResponse(responseCode = "409", ref = "KeyTaken")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "QueueFull")
    public Uni<RestResponse<?>> enqueue(
            @PathParam("queue") String queue,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("Prefer") List<String> prefer,
            @HeaderParam("traceparent") String traceparent,
            JobRequest request) {
        QueueName name = new QueueName(queue);
        Uni<Enqueued> added = intake.prepare(request)
                .chain(() -> jobs.enqueue(intake.accept(name, request, idempotencyKey, traceparent)));
        return answers.added(added, prefer, intake.durabilityOf(request));
    }

    @GET
    @Path(JOBS)
    @Access(value = Role.READER, scope = Scope.QUEUE)
    @Operation(operationId = "listJobs", summary = "List the jobs in one state")
    @Parameter(name = "handler", in = ParameterIn.QUERY, ref = "handler")
    @Parameter(name = "group", in = ParameterIn.QUERY, ref = "group")
    @Parameter(name = "errorType", in = ParameterIn.QUERY, ref = "errorType")
    @Parameter(name = "error", in = ParameterIn.QUERY, ref = "error")
    @Parameter(name = "from", in = ParameterIn.QUERY, ref = "from")
    @Parameter(name = "to", in = ParameterIn.QUERY, ref = "to")
    @APIResponse(responseCode = "200", ref = "Jobs")
    public Uni<JobList> list(
            @PathParam("queue") String queue,
            @QueryParam("state") @DefaultValue("ready") String state,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("include") String include,
            @Context UriInfo uri) {
        PageRequest page = PageRequest.matching(
                JobState.ofWireName("state", state),
                Optional.ofNullable(cursor),
                WholeNumber.parse("limit", limit),
                JobFilterQuery.read(uri.getQueryParameters(), "from", "to"));
        Set<JobPart> parts = include == null ? JobPart.NONE : JobPart.ofWireNames("include", include);
        return reads.list(new QueueName(queue), page, parts).map(JobList::of);
    }

    @GET
    @Path(JOB)
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.QUEUE)
    @Operation(operationId = "getJob", summary = "Read a job, or wait for its end")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    public Uni<RestResponse<JobView>> get(
            @PathParam("queue") String queue, @PathParam("id") String id, @HeaderParam("Prefer") List<String> prefer) {
        return answers.read(new QueueName(queue), new JobId(id), prefer);
    }

    @DELETE
    @Path(JOB)
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "cancelJob", summary = "Cancel a job that has not ended")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "NotInThisState")
    public Uni<JobView> cancel(@PathParam("queue") String queue, @PathParam("id") String id) {
        QueueName name = new QueueName(queue);
        JobId job = new JobId(id);
        return reads.one(() -> jobs.cancel(name, job));
    }

    @POST
    @Path(JOB + "/requeue")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "requeueJob", summary = "Run a dead or cancelled job again, with fresh attempts")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "NotInThisState")
    public Uni<JobView> requeue(@PathParam("queue") String queue, @PathParam("id") String id) {
        QueueName name = new QueueName(queue);
        JobId job = new JobId(id);
        return reads.one(() -> jobs.requeue(name, job));
    }

    @POST
    @Path(JOB + "/run")
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "runJob", summary = "Run a job now that waits for its time or its next attempt")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "NotInThisState")
    public Uni<JobView> run(@PathParam("queue") String queue, @PathParam("id") String id) {
        return reschedule(queue, id, Rescheduling.NOW, "run now");
    }

    @PATCH
    @Path(JOB)
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "changeJob", summary = "Change the priority or the time of a waiting job")
    @RequestBody(ref = "JobChange")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    @APIResponse(responseCode = "409", ref = "NotInThisState")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<JobView> change(@PathParam("queue") String queue, @PathParam("id") String id, Rescheduling change) {
        return reschedule(queue, id, change, "changed");
    }

    private Uni<JobView> reschedule(String queue, String id, Rescheduling change, String action) {
        QueueName name = new QueueName(queue);
        JobId job = new JobId(id);
        return reads.one(() -> jobs.reschedule(name, job, change, action));
    }
}
