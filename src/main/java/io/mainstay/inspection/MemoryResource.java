package io.mainstay.inspection;

import io.mainstay.job.QueueName;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a queue takes of Redis's memory. */
@Path("/v1/queues/{queue}/memory")
@Tag(name = "Redis")
@RegisterForReflection(fields = false)
public class MemoryResource {

    private static final int AT_A_TIME = 4;

    private final QueueMemoryStore store;
    private final QueuePlaces places;

    MemoryResource(QueueMemoryStore store, QueuePlaces places) {
        this.store = store;
        this.places = places;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.QUEUE)
    @Operation(
            operationId = "getQueueMemory",
            summary = "Estimate how much of Redis's memory a queue uses, from a sample of its jobs")
    @APIResponse(responseCode = "200", ref = "QueueMemory")
    public Uni<MemoryView> get(@PathParam("queue") String queue) {
        QueueName name = new QueueName(queue);
        return Multi.createFrom()
                .iterable(places.places(name))
                .onItem()
                .transformToUni(store::memory)
                .merge(AT_A_TIME)
                .collect()
                .in(() -> new QueueMemory[] {QueueMemory.NONE}, (sum, more) -> sum[0] = sum[0].plus(more))
                .map(sum -> MemoryView.of(name, sum[0]));
    }
}
