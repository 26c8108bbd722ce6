package io.mainstay.hook;

import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Hooks: who is told of what. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/hooks")
@Tag(name = "Hooks")
@RegisterForReflection(fields = false)
public class HookResource {

    private static final String NAME = "The hook's name.";

    private final Hooks hooks;
    private final CurrentCaller callers;

    HookResource(Hooks hooks, CurrentCaller callers) {
        this.hooks = hooks;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "listHooks", summary = "List all hooks by name")
    @APIResponse(responseCode = "200", ref = "Hooks")
    public Uni<HookList> list() {
        boolean query = callers.get().payload();
        return hooks.all()
                .map(all -> new HookList(all.entrySet().stream()
                        .map(each -> HookView.of(each.getKey(), each.getValue(), query))
                        .toList()));
    }

    @GET
    @Path("/{name}")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "getHook", summary = "Read a hook, and whether it is disabled")
    @APIResponse(responseCode = "200", ref = "Hook")
    @APIResponse(responseCode = "404", ref = "NoSuchHook")
    public Uni<HookView> get(@Parameter(description = NAME) @PathParam("name") String name) {
        boolean query = callers.get().payload();
        HookName hook = new HookName(name);
        return hooks.get(hook).map(known -> HookView.of(hook, known, query));
    }

    @PUT
    @Path("/{name}")
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "putHook", summary = "Create, change or enable a hook: a URL that is called on events")
    @RequestBody(ref = "Hook")
    @APIResponse(responseCode = "201", ref = "HookCreated")
    @APIResponse(responseCode = "200", ref = "Hook")
    @APIResponse(responseCode = "409", ref = "TooManyHooks")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<RestResponse<HookView>> put(@Parameter(description = NAME) @PathParam("name") String name, Hook hook) {
        boolean query = callers.get().payload();
        HookName hookName = new HookName(name);
        return hooks.put(hookName, hook).map(stored -> {
            HookView view = HookView.of(hookName, stored.hook(), query);
            return stored.created()
                    ? ResponseBuilder.create(RestResponse.Status.CREATED, view)
                            .header("Location", "/v1/hooks/" + name)
                            .build()
                    : RestResponse.ok(view);
        });
    }

    @DELETE
    @Path("/{name}")
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "deleteHook", summary = "Delete a hook; notices that already wait are still sent")
    @APIResponse(responseCode = "204", description = "The hook no longer exists.")
    public Uni<Void> delete(@Parameter(description = NAME) @PathParam("name") String name) {
        return hooks.remove(new HookName(name));
    }
}
