package io.mainstay.auth.key;

import io.mainstay.rest.WholeNumber;
import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Keys of callers. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/keys")
@Tag(name = "Callers")
@RegisterForReflection(fields = false)
public class ApiKeyResource {

    private final ApiKeys keys;
    private final CurrentCaller callers;

    ApiKeyResource(ApiKeys keys, CurrentCaller callers) {
        this.keys = keys;
        this.callers = callers;
    }

    @POST
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "createKey", summary = "Create a key, which is shown only once")
    @RequestBody(ref = "ApiKey")
    @APIResponse(responseCode = "201", ref = "ApiKeyCreated")
    @APIResponse(responseCode = "409", ref = "TooManyApiKeys")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Uni<RestResponse<NewApiKeyView>> create(ApiKeyRequest request) {
        return keys.make(request, callers.get()).map(made -> ResponseBuilder.create(RestResponse.Status.CREATED, made)
                .header("Location", "/v1/keys/" + made.id())
                .build());
    }

    @GET
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "listKeys", summary = "List the keys created through the API, by id")
    @APIResponse(responseCode = "200", ref = "ApiKeys")
    public Uni<ApiKeyList> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("50") String limit) {
        return keys.list(Optional.ofNullable(cursor), WholeNumber.parse("limit", limit))
                .map(ApiKeyList::of);
    }

    @GET
    @Path("/{id}")
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "getKey", summary = "Read what a key may do")
    @APIResponse(responseCode = "200", ref = "ApiKey")
    @APIResponse(responseCode = "404", ref = "NoSuchApiKey")
    public Uni<ApiKeyView> get(@Parameter(description = "The key's id.") @PathParam("id") String id) {
        return keys.get(id).map(ApiKeyView::of);
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @Operation(operationId = "revokeKey", summary = "Revoke a key; it stops working everywhere within five seconds")
    @APIResponse(responseCode = "204", description = "The key no longer exists.")
    public Uni<Void> revoke(@Parameter(description = "The key's id.") @PathParam("id") String id) {
        return keys.revoke(id);
    }
}
