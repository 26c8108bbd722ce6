package io.mainstay.lease.report;

import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** How attempts that ran elsewhere ended. Its path is that of all calls about leases, see {@code JobResource}. */
@Path("/v1/leases")
@Tag(name = "Workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RegisterForReflection(fields = false)
public class LeaseReportResource {

    private final LeaseReports reports;
    private final CurrentCaller callers;

    LeaseReportResource(LeaseReports reports, CurrentCaller callers) {
        this.reports = reports;
        this.callers = callers;
    }

    @POST
    @Path("/report")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "report", summary = "Report how attempts ended")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(ref = "Reports")))
    @APIResponse(responseCode = "200", ref = "Reported")
    public Uni<ReportsView> report(ReportsRequest request) {
        return reports.apply(callers.get(), request.reports()).map(ReportsView::new);
    }

    @POST
    @Path("/{token}/success")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "reportSuccess", summary = "Report that an attempt succeeded")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "SuccessReport")))
    @APIResponse(responseCode = "200", ref = "ReportedOne")
    public Uni<RestResponse<?>> success(@PathParam("token") String token, ReportBody body) {
        return one(token, ReportOutcome.SUCCESS, body);
    }

    @POST
    @Path("/{token}/retry")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "reportRetry", summary = "Report that an attempt failed and should be retried")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "RetryReport")))
    @APIResponse(responseCode = "200", ref = "ReportedOne")
    public Uni<RestResponse<?>> retry(@PathParam("token") String token, ReportBody body) {
        return one(token, ReportOutcome.RETRY, body);
    }

    @POST
    @Path("/{token}/fail")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "reportFailure", summary = "Report that an attempt failed and must not be retried")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "FailReport")))
    @APIResponse(responseCode = "200", ref = "ReportedOne")
    public Uni<RestResponse<?>> fail(@PathParam("token") String token, ReportBody body) {
        return one(token, ReportOutcome.FAIL, body);
    }

    @POST
    @Path("/{token}/snooze")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "snoozeLease", summary = "Run a job again later; the attempt is not counted")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "SnoozeReport")))
    @APIResponse(responseCode = "200", ref = "ReportedOne")
    public Uni<RestResponse<?>> snooze(@PathParam("token") String token, ReportBody body) {
        return one(token, ReportOutcome.SNOOZE, body);
    }

    @POST
    @Path("/{token}/release")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "releaseLease", summary = "Return a job to its queue; the attempt is not counted")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = SchemaType.OBJECT, maxProperties = 0)))
    @APIResponse(responseCode = "200", ref = "ReportedOne")
    public Uni<RestResponse<?>> release(@PathParam("token") String token, ReportBody body) {
        return one(token, ReportOutcome.RELEASE, body);
    }

    private Uni<RestResponse<?>> one(String token, ReportOutcome outcome, ReportBody body) {
        ReportBody said = (body == null ? ReportBody.EMPTY : body).checkedFor(outcome);
        return reports.apply(callers.get(), new Report(token, outcome, said)).map(LeaseReportResource::answer);
    }

    private static RestResponse<?> answer(ReportAnswer answer) {
        return switch (answer.status()) {
            case ReportAnswer.APPLIED, ReportAnswer.REPEATED -> RestResponse.ok(new ReportedView(answer.state()));
            case ReportAnswer.LOST -> LeaseProblems.answer(LeaseProblems.lost());
            default -> LeaseProblems.answer(LeaseProblems.ofOne(answer.problem()));
        };
    }
}
