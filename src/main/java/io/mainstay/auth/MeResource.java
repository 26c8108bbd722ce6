package io.mainstay.auth;

import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells callers who they are. */
@Path("/v1/me")
@Tag(name = "Callers")
@RegisterForReflection(fields = false)
public class MeResource {

    private final CurrentCaller callers;

    MeResource(CurrentCaller callers) {
        this.callers = callers;
    }

    @GET
    @Access(
            value = {Role.READER, Role.PRODUCER, Role.WORKER, Role.OPERATOR, Role.ADMIN},
            scope = Scope.NONE)
    @Operation(operationId = "getMe", summary = "Read the caller's identity and rights")
    @APIResponse(responseCode = "200", ref = "Me")
    public MeView me() {
        return MeView.of(callers.get());
    }
}
