package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.NotFoundException;
import io.mainstay.rest.WholeNumber;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Handlers, and what is declared of them. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/handlers")
@Tag(name = "Handlers")
@RegisterForReflection(fields = false)
public class HandlerResource {

    private static final String NAME = "The handler's name.";

    private final Handlers handlers;
    private final CurrentCaller callers;

    HandlerResource(Handlers handlers, CurrentCaller callers) {
        this.handlers = handlers;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listHandlers", summary = "List the known handlers by name")
    @APIResponse(responseCode = "200", ref = "Handlers")
    public Uni<HandlerList> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("50") String limit) {
        Caller caller = callers.get();
        return handlers.list(
                Optional.ofNullable(cursor), WholeNumber.parse("limit", limit), view -> maySee(caller, view));
    }

    @GET
    @Path("/{name}")
    @Access(value = Role.READER, scope = Scope.STORED)
    @Operation(operationId = "getHandler", summary = "Read the declaration of a handler, and whether it is held")
    @APIResponse(responseCode = "200", ref = "Handler")
    @APIResponse(responseCode = "404", ref = "NoSuchHandler")
    public Uni<HandlerView> get(@Parameter(description = NAME) @PathParam("name") String name) {
        Caller caller = callers.get();
        HandlerName handler = new HandlerName(name);
        return handlers.get(handler).invoke(view -> {
            if (!maySee(caller, view)) {
                throw NotFoundException.handler(handler);
            }
        });
    }

    @PUT
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "putHandler", summary = "Declare a handler: defaults, schema of payloads, hold policy")
    @RequestBody(ref = "Handler")
    @APIResponse(responseCode = "201", ref = "HandlerCreated")
    @APIResponse(responseCode = "200", ref = "Handler")
    @APIResponse(responseCode = "409", ref = "TooManyHandlers")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<RestResponse<HandlerView>> put(
            @Parameter(description = NAME) @PathParam("name") String name, Declaration declaration) {
        return handlers.put(new HandlerName(name), declaration)
                .map(stored -> stored.created()
                        ? ResponseBuilder.create(RestResponse.Status.CREATED, stored.handler())
                                .header("Location", "/v1/handlers/" + name)
                                .build()
                        : RestResponse.ok(stored.handler()));
    }

    @DELETE
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "deleteHandler", summary = "Delete the declaration of a handler; its jobs stay")
    @APIResponse(responseCode = "204", description = "The declaration no longer exists.")
    public Uni<Void> delete(@Parameter(description = NAME) @PathParam("name") String name) {
        return handlers.remove(new HandlerName(name));
    }

    @POST
    @Path("/{name}/hold")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(
            operationId = "holdHandler",
            summary = "Hold a handler in all queues until it is resumed; running jobs continue")
    @APIResponse(responseCode = "200", ref = "Handler")
    @APIResponse(responseCode = "409", ref = "TooManyHandlers")
    public Uni<HandlerView> hold(@Parameter(description = NAME) @PathParam("name") String name) {
        return handlers.hold(new HandlerName(name));
    }

    @POST
    @Path("/{name}/resume")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "resumeHeldHandler", summary = "Resume a held handler")
    @APIResponse(responseCode = "200", ref = "Handler")
    @APIResponse(responseCode = "404", ref = "NoSuchHandler")
    public Uni<HandlerView> resume(@Parameter(description = NAME) @PathParam("name") String name) {
        return handlers.resume(new HandlerName(name));
    }

    /** One whose declared queue is of others is not there for this caller. */
    private static boolean maySee(Caller caller, HandlerView view) {
        return view.declaration() == null
                || view.declaration().queue() == null
                || caller.mayTouch(view.declaration().queue().value());
    }
}
