package io.mainstay.api;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobQueue;
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

/** What there is to say of one job beside itself. Its path is that of all calls about queues, see {@link JobResource}. */
@Path("/v1/queues")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class ExplainResource {

    private static final String JOB = "/{queue}/jobs/{id}";

    private final JobQueue jobs;
    private final Explainer explainer;
    private final CurrentCaller callers;

    ExplainResource(JobQueue jobs, Explainer explainer, CurrentCaller callers) {
        this.jobs = jobs;
        this.explainer = explainer;
        this.callers = callers;
    }

    @GET
    @Path(JOB + "/explain")
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.QUEUE)
    @Operation(operationId = "explainJob", summary = "Explain why a job does not run")
    @APIResponse(responseCode = "200", ref = "Explanation")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    public Uni<ExplanationView> explain(@PathParam("queue") String queue, @PathParam("id") String id) {
        Caller caller = callers.get();
        return jobs.explain(new QueueName(queue), new JobId(id)).flatMap(why -> explainer.view(why, caller));
    }

    @GET
    @Path(JOB + "/attempts")
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.QUEUE)
    @Operation(operationId = "getAttempts", summary = "List the attempts of a job: when, where and with what outcome")
    @APIResponse(responseCode = "200", ref = "Attempts")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    public Uni<AttemptsView> attempts(@PathParam("queue") String queue, @PathParam("id") String id) {
        Caller caller = callers.get();
        return jobs.history(new QueueName(queue), new JobId(id)).map(history -> AttemptsView.of(history, caller));
    }

    @GET
    @Path(JOB + "/log")
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.QUEUE,
            payload = true)
    @Operation(operationId = "getLog", summary = "Read the latest log lines of a job's handler")
    @APIResponse(responseCode = "200", ref = "Log")
    @APIResponse(responseCode = "404", ref = "NoSuchJob")
    public Uni<LogView> log(@PathParam("queue") String queue, @PathParam("id") String id) {
        return jobs.log(new QueueName(queue), new JobId(id)).map(LogView::of);
    }
}
