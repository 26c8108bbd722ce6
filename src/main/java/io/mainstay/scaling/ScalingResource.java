package io.mainstay.scaling;

import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The number that an autoscaler asks for. */
@Path("/v1/scaling")
@Tag(name = "Scaling")
@RegisterForReflection(fields = false)
public class ScalingResource {

    private final Sizing sizing;
    private final CurrentCaller callers;

    ScalingResource(Sizing sizing, CurrentCaller callers) {
        this.callers = callers;
        this.sizing = sizing;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "getScaling", summary = "Read the desired number of instances, and why")
    @APIResponse(responseCode = "200", ref = "Scaling")
    public Uni<ScalingView> get() {
        QueuePatterns wanted = callers.get().queues();
        return sizing.demand().map(demand -> ScalingView.of(demand.of(wanted)));
    }
}
