package io.mainstay.lease.claim;

import io.mainstay.lease.LeasesConfig;
import io.mainstay.lease.report.LeaseReports;
import io.mainstay.lease.report.ReportAnswer;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.rest.WaitPreference;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Hands jobs to workers that are elsewhere. Schemas and examples are in {@code META-INF/openapi.yaml}. */
@Path(LeaseResource.PATH)
@Tag(name = "Workers")
@RegisterForReflection(fields = false)
public class LeaseResource {

    static final String PATH = "/v1/leases";

    private final Leasing leasing;
    private final LeaseReports reports;
    private final ReceivedJobs received;
    private final GiveBack giveBack;
    private final LeasesConfig config;
    private final CurrentCaller callers;

    LeaseResource(
            Leasing leasing,
            LeaseReports reports,
            ReceivedJobs received,
            GiveBack giveBack,
            LeasesConfig config,
            CurrentCaller callers) {
        this.leasing = leasing;
        this.reports = reports;
        this.received = received;
        this.giveBack = giveBack;
        this.config = config;
        this.callers = callers;
    }

    @POST
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "lease", summary = "Lease jobs to run, or wait for some")
    @RequestBody(ref = "LeaseRequest")
    @APIResponse(responseCode = "200", ref = "Leased")
    public Uni<RestResponse<LeaseAnswer>> lease(
            @HeaderParam("Prefer") List<String> prefer,
            @HeaderParam(RequestNames.KEY) String idempotencyKey,
            @Context RoutingContext routing,
            LeaseRequest request) {
        Caller caller = callers.get();
        ForbiddenException.checkQueues(caller, request.queues());
        Ask ask = request.ask(idempotencyKey == null ? null : RequestNames.of(caller, request, idempotencyKey));
        leasing.seen(caller, request);
        Optional<Duration> wish = WaitPreference.in(prefer).map(wait -> LeasesConfig.bounded(config, wait));
        Delivery delivery = Delivery.of(routing, received, giveBack, ask.repeatable());
        // Signing and writing is for the loop of the request: that of those who wait has others to serve.
        var own = Vertx.currentContext();
        Executor loop = task -> own.runOnContext(ignored -> task.run());
        Uni<List<ReportAnswer>> reported =
                request.reports().isEmpty() ? Uni.createFrom().nullItem() : reports.apply(caller, request.reports());
        return Uni.combine().all().unis(reported, leasing.look(ask)).withUni((answers, known) -> leasing.outcome(
                        known, wish.orElse(Duration.ZERO), delivery)
                .emitOn(loop)
                .flatMap(outcome -> leasing.answer(ask, outcome, answers, delivery)
                        .map(answer -> response(answer, outcome, wish))));
    }

    private static RestResponse<LeaseAnswer> response(LeaseAnswer answer, Outcome outcome, Optional<Duration> wish) {
        ResponseBuilder<LeaseAnswer> response = ResponseBuilder.ok(answer);
        wish.filter(wait -> wait.isZero() || outcome.waited())
                .ifPresent(wait -> response.header("Preference-Applied", "wait=" + wait.toSeconds()));
        if (outcome.kind() == Outcome.Kind.STOPPING) {
            response.header("Connection", "close");
        }
        return response.build();
    }
}
