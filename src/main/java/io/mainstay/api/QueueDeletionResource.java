package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.registry.QueueDeletions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The end of a queue. */
@Path("/v1/queues/{queue}")
@Tag(name = "Queues")
@RegisterForReflection(fields = false)
public class QueueDeletionResource {

    private final QueueDeletions deletions;

    QueueDeletionResource(QueueDeletions deletions) {
        this.deletions = deletions;
    }

    @DELETE
    @Operation(operationId = "deleteQueue", summary = "Delete a queue that is empty, or by force one with all it has")
    @APIResponse(responseCode = "200", ref = "QueueDeleted")
    @APIResponse(responseCode = "202", ref = "QueueHalfDeleted")
    @APIResponse(responseCode = "409", ref = "QueueNotEmpty")
    public Uni<RestResponse<DeletionView>> delete(
            @PathParam("queue") String queue, @QueryParam("force") @DefaultValue("false") String force) {
        return deletions
                .delete(new QueueName(queue), flag(force))
                .map(deletion -> RestResponse.ResponseBuilder.create(
                                deletion.gone() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED,
                                DeletionView.of(deletion))
                        .build());
    }

    private static boolean flag(String force) {
        return switch (force) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("force", force, "true or false");
        };
    }
}
