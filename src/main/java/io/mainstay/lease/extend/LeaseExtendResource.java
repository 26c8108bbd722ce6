package io.mainstay.lease.extend;

import io.mainstay.lease.report.LeaseProblems;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Longer leases for attempts that run elsewhere. Its path is that of all calls about leases, see {@code JobResource}. */
@Path("/v1/leases")
@Tag(name = "Workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RegisterForReflection(fields = false)
public class LeaseExtendResource {

    private final LeaseExtensions extensions;
    private final WaitingExtensions waiting;
    private final WorkerContacts contacts;
    private final CurrentCaller callers;

    LeaseExtendResource(
            LeaseExtensions extensions, WaitingExtensions waiting, WorkerContacts contacts, CurrentCaller callers) {
        this.contacts = contacts;
        this.extensions = extensions;
        this.waiting = waiting;
        this.callers = callers;
    }

    @POST
    @Path("/extend")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "extend", summary = "Extend leases, and learn which were cancelled or lost")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "Extensions")))
    @APIResponse(responseCode = "200", ref = "Extended")
    public Uni<ExtendView> extend(@HeaderParam("Prefer") List<String> prefer, ExtendRequest request) {
        return extensions
                .apply(callers.get(), request.leases())
                .flatMap(extended -> request.leaving()
                        ? Uni.createFrom().item(extended)
                        : waiting.after(extended, request.worker(), prefer))
                .invoke(() -> {
                    // Its leases were heard of before.
                    if (request.leaving()) {
                        contacts.left(request.worker());
                    }
                })
                .map(extended -> new ExtendView(extended.answers(), waiting.drain(extended, request.worker())));
    }

    @POST
    @Path("/{token}/extend")
    @Access(value = Role.WORKER, scope = Scope.BODY)
    @Operation(operationId = "extendLease", summary = "Extend a lease")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "Extension")))
    @APIResponse(responseCode = "200", ref = "ExtendedOne")
    public Uni<RestResponse<?>> extendOne(
            @PathParam("token") String token, @HeaderParam("Prefer") List<String> prefer, ExtendOneRequest request) {
        Extension.Draft draft = request == null ? new Extension.Draft() : request.draft();
        return extensions
                .apply(callers.get(), draft.finish(token))
                .flatMap(extended -> waiting.after(extended, null, prefer))
                .map(extended -> answer(extended.standings()[0]));
    }

    private static RestResponse<?> answer(Standing standing) {
        return switch (standing.status()) {
            case HELD -> RestResponse.ok(LeaseAnswer.of(null, standing));
            case LOST -> LeaseProblems.answer(LeaseProblems.lost());
            case CANCELLED -> LeaseProblems.answer(LeaseProblems.lost("The job was cancelled."));
            case TIMED_OUT ->
                LeaseProblems.answer(LeaseProblems.lost("The attempt's time was over, and it was ended."));
            case INVALID, UNAVAILABLE -> LeaseProblems.answer(LeaseProblems.ofOne(standing.problem()));
        };
    }
}
