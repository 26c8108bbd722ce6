package io.mainstay.inspection;

import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What Redis says of itself. It names hosts, so it is for those who operate all queues. */
@Path("/v1/redis")
@Tag(name = "Redis")
@RegisterForReflection(fields = false)
public class RedisResource {

    private final RedisInspection inspection;

    RedisResource(RedisInspection inspection) {
        this.inspection = inspection;
    }

    @GET
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(
            operationId = "getRedis",
            summary = "Read version, role, memory and load of Redis, and problems with its settings")
    @APIResponse(responseCode = "200", ref = "Redis")
    public Uni<RedisView> get() {
        return inspection.look().map(RedisView::of);
    }
}
