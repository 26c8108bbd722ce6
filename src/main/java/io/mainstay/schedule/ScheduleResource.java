package io.mainstay.schedule;

import io.mainstay.job.NewJob;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.JobQueue;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.rest.WholeNumber;
import io.mainstay.rest.job.JobAnswers;
import io.mainstay.rest.job.Requester;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
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
import java.util.function.Supplier;
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
    private final CurrentCaller callers;

    ScheduleResource(
            Schedules schedules, ScheduleIntake intake, JobQueue jobs, JobAnswers answers, CurrentCaller callers) {
        this.callers = callers;
        this.schedules = schedules;
        this.intake = intake;
        this.jobs = jobs;
        this.answers = answers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listSchedules", summary = "List the schedules by name")
    @APIResponse(responseCode = "200", ref = "Schedules")
    public Uni<ScheduleList> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("50") String limit) {
        Caller caller = callers.get();
        return schedules
                .list(Optional.ofNullable(cursor), WholeNumber.parse("limit", limit), caller.queues())
                .map(page -> ScheduleList.of(page, caller));
    }

    @PUT
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.BODY)
    @Operation(operationId = "putSchedule", summary = "Create or change a schedule")
    @RequestBody(ref = "Schedule")
    @APIResponse(responseCode = "201", ref = "ScheduleCreated")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "409", ref = "TooManySchedules")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<RestResponse<ScheduleView>> put(@PathParam("name") String name, ScheduleRequest request) {
        Caller caller = callers.get();
        ForbiddenException.checkQueue(caller, request.queue().value());
        ScheduleName schedule = new ScheduleName(name);
        return intake.prepare(request)
                .map(ignored -> intake.accept(request))
                .flatMap(draft -> free(schedule, caller).chain(() -> schedules.put(schedule, draft)))
                .map(put -> put.created()
                        ? ResponseBuilder.create(RestResponse.Status.CREATED, ScheduleView.of(put.schedule(), caller))
                                .header("Location", "/v1/schedules/" + name)
                                .build()
                        : RestResponse.ok(ScheduleView.of(put.schedule(), caller)));
    }

    @GET
    @Path("/{name}")
    @Access(value = Role.READER, scope = Scope.STORED)
    @Operation(operationId = "getSchedule", summary = "Read a schedule")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<ScheduleView> get(@PathParam("name") String name) {
        Caller caller = callers.get();
        return seen(new ScheduleName(name), caller).map(schedule -> ScheduleView.of(schedule, caller));
    }

    @DELETE
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "deleteSchedule", summary = "Delete a schedule; the jobs it created stay")
    @APIResponse(responseCode = "204", description = "The schedule no longer exists.")
    public Uni<Void> delete(@PathParam("name") String name) {
        ScheduleName schedule = new ScheduleName(name);
        return ifSeen(schedule, callers.get(), () -> schedules.delete(schedule))
                .onFailure(NotFoundException.class)
                .recoverWithNull();
    }

    @GET
    @Path("/{name}/preview")
    @Access(value = Role.READER, scope = Scope.STORED)
    @Operation(operationId = "previewSchedule", summary = "List the next runs")
    @APIResponse(responseCode = "200", ref = "Runs")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<RunList> preview(@PathParam("name") String name, @QueryParam("count") @DefaultValue("10") String count) {
        ScheduleName schedule = new ScheduleName(name);
        int most = WholeNumber.parse("count", count);
        return ifSeen(schedule, callers.get(), () -> schedules.preview(schedule, most))
                .map(RunList::of);
    }

    @POST
    @Path("/{name}/trigger")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "triggerSchedule", summary = "Enqueue a job of the schedule now, in addition to its runs")
    @APIResponse(responseCode = "201", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobExists")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    @APIResponse(responseCode = "409", ref = "KeyTaken")
    @APIResponse(responseCode = "429", ref = "QueueFull")
    public Uni<RestResponse<?>> trigger(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("Prefer") List<String> prefer) {
        Requester requester = answers.requester();
        // The trace that the request belongs to is known there.
        Context own = Vertx.currentContext();
        Uni<Schedule> found = seen(new ScheduleName(name), requester.caller())
                .emitOn(task -> own.runOnContext(ignored -> task.run()));
        return found.flatMap(schedule -> {
            NewJob job = intake.extra(schedule, idempotencyKey);
            return answers.added(jobs.enqueue(job), prefer, job.durability(), requester);
        });
    }

    @POST
    @Path("/{name}/pause")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule; runs that come due meanwhile are missed")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<ScheduleView> pause(@PathParam("name") String name) {
        return setPaused(new ScheduleName(name), true);
    }

    @POST
    @Path("/{name}/resume")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(
            operationId = "resumeSchedule",
            summary = "Resume a paused schedule; missed runs follow its misfire policy")
    @APIResponse(responseCode = "200", ref = "Schedule")
    @APIResponse(responseCode = "404", ref = "NoSuchSchedule")
    public Uni<ScheduleView> resume(@PathParam("name") String name) {
        return setPaused(new ScheduleName(name), false);
    }

    private Uni<ScheduleView> setPaused(ScheduleName name, boolean paused) {
        Caller caller = callers.get();
        return ifSeen(name, caller, () -> schedules.setPaused(name, paused))
                .map(schedule -> ScheduleView.of(schedule, caller));
    }

    /** One that adds to a queue of others is not there for this caller. */
    private Uni<Schedule> seen(ScheduleName name, Caller caller) {
        return schedules.get(name).invoke(schedule -> {
            if (!maySee(caller, schedule)) {
                throw NotFoundException.schedule(name);
            }
        });
    }

    private <T> Uni<T> ifSeen(ScheduleName name, Caller caller, Supplier<Uni<T>> action) {
        return caller.queues().matchAll() ? action.get() : seen(name, caller).chain(schedule -> action.get());
    }

    /** Names are shared by all callers, so this is the one place where somebody hears of a schedule of others. */
    private Uni<Void> free(ScheduleName name, Caller caller) {
        if (caller.queues().matchAll()) {
            return Uni.createFrom().voidItem();
        }
        return schedules
                .get(name)
                .invoke(schedule -> {
                    if (!maySee(caller, schedule)) {
                        throw ForbiddenException.taken("The schedule of this name");
                    }
                })
                .onFailure(NotFoundException.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static boolean maySee(Caller caller, Schedule schedule) {
        return caller.mayTouch(schedule.spec().queue().value());
    }
}
