package io.mainstay.workers;

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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everything that runs jobs. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/workers")
@Tag(name = "Workers")
@RegisterForReflection(fields = false)
public class WorkerResource {

    private static final String NAME = "The worker's name.";
    private static final String PATTERN = "^[A-Za-z0-9._-]{1,64}$";

    private final Workers workers;
    private final CurrentCaller callers;

    WorkerResource(Workers workers, CurrentCaller callers) {
        this.workers = workers;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listWorkers", summary = "List instances and remote workers, each by name")
    @APIResponse(responseCode = "200", ref = "Workers")
    public Uni<WorkerList> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("50") String limit) {
        return workers.list(
                Optional.ofNullable(cursor),
                WholeNumber.parse("limit", limit),
                callers.get().queues());
    }

    @POST
    @Path("/{name}/drain")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(
            operationId = "drainWorker",
            summary = "Drain a worker for an hour: it takes no more jobs, and its running ones continue")
    @APIResponse(responseCode = "200", ref = "Worker")
    @APIResponse(responseCode = "404", ref = "NoSuchWorker")
    @APIResponse(responseCode = "409", ref = "TooManyDrains")
    public Uni<WorkerView> drain(
            @Parameter(description = NAME, schema = @Schema(pattern = PATTERN)) @PathParam("name") String name) {
        return workers.drain(name);
    }

    @DELETE
    @Path("/{name}/drain")
    @Access(value = Role.OPERATOR, scope = Scope.ALL)
    @Operation(operationId = "undrainWorker", summary = "End the drain of a worker")
    @APIResponse(responseCode = "204", description = "No worker of that name is drained.")
    public Uni<Void> undrain(
            @Parameter(description = NAME, schema = @Schema(pattern = PATTERN)) @PathParam("name") String name) {
        return workers.undrain(name);
    }
}
