package io.mainstay.schedule;

import io.mainstay.job.NewJob;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.JobQueue;
import io.mainstay.rest.WholeNumber;
import io.mainstay.rest.job.JobAnswers;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Recurring jobs. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/schedules")
@Tag(name = "Schedules")
@RegisterForReflection(fields = false)
public class ScheduleResource {

    private final Schedules schedules;
    private final ScheduleIntake intake;
    private final JobQueue jobs;
    private final JobAnswers answers;

    ScheduleResource(Schedules schedules, ScheduleIntake intake, JobQueue jobs, JobAnswers answers) {
        this.schedules = schedules;
        this.intake = intake;
        this.jobs = jobs;
        this.answers = answers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listSchedules", summary = "List the schedules by name, page by page")
    @APIResponse(responseCode = "200", ref = "Schedules")
    public Uni<ScheduleList> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("50") String limit) {
        return schedules
                .list(Optional.ofNullable(cursor), WholeNumber.parse("limit", limit))
                .map(ScheduleList::of);
    }

    @PUT
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.BODY)
    @Operation(operationId = "putSchedule", summary = "Make or change a schedule")
    @RequestBody(ref = "Schedule")
    @APIResponse(responseCode = "201", ref = "ScheduleCreated")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "409", ref = "TooManySchedules")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<RestResponse<Schedule>> put(@PathParam("name") String name, ScheduleRequest request) {
        return schedules
                .put(new ScheduleName(name), intake.accept(request))
                .map(put -> put.created()
                        ? ResponseBuilder.create(RestResponse.Status.CREATED, put.schedule())
                                .header("Location", "/v1/schedules/" + name)
                                .build()
                        : RestResponse.ok(put.schedule()));
    }

    @GET
    @Path("/{name}")
    @Access(value = Role.READER, scope = Scope.STORED)
    @Operation(operationId = "getSchedule", summary = "Read a schedule")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<Schedule> get(@PathParam("name") String name) {
        return schedules.get(new ScheduleName(name));
    }

    @DELETE
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "deleteSchedule", summary = "Delete a schedule; the jobs it made stay")
    @APIResponse(responseCode = "204", description = "There is none of that name any more.")
    public Uni<Void> delete(@PathParam("name") String name) {
        return schedules.delete(new ScheduleName(name));
    }

    @GET
    @Path("/{name}/preview")
    @Access(value = Role.READER, scope = Scope.STORED)
    @Operation(operationId = "previewSchedule", summary = "List the next runs")
    @APIResponse(responseCode = "200", ref = "Runs")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<RunList> preview(@PathParam("name") String name, @QueryParam("count") @DefaultValue("10") String count) {
        return schedules
                .preview(new ScheduleName(name), WholeNumber.parse("count", count))
                .map(RunList::of);
    }

    @POST
    @Path("/{name}/trigger")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "triggerSchedule", summary = "Add a job of the schedule now, beside its runs")
    @APIResponse(responseCode = "201", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobExists")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    @APIResponse(responseCode = "409", ref = "KeyTaken")
    @APIResponse(responseCode = "429", ref = "QueueFull")
    public Uni<RestResponse<?>> trigger(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("Prefer") List<String> prefer) {
        return schedules.get(new ScheduleName(name)).flatMap(schedule -> {
            NewJob job = intake.extra(schedule, idempotencyKey);
            return answers.added(jobs.enqueue(job), prefer, job.durability());
        });
    }

    @POST
    @Path("/{name}/pause")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(
            operationId = "pauseSchedule",
            summary = "Stop the runs of a schedule; what comes due meanwhile is missed")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<Schedule> pause(@PathParam("name") String name) {
        return schedules.setPaused(new ScheduleName(name), true);
    }

    @POST
    @Path("/{name}/resume")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(
            operationId = "resumeSchedule",
            summary = "Let a paused schedule run again; missed runs are treated as it says")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<Schedule> resume(@PathParam("name") String name) {
        return schedules.setPaused(new ScheduleName(name), false);
    }
}
