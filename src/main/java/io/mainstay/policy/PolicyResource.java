package io.mainstay.policy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.QueueName;
import io.mainstay.security.Access;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Policies of queues. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/queues/{queue}/policy")
@Tag(name = "Queues")
@RegisterForReflection(fields = false)
public class PolicyResource {

    private final Policies policies;
    private final PolicyChanges changes;

    PolicyResource(Policies policies, PolicyChanges changes) {
        this.policies = policies;
        this.changes = changes;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.QUEUE)
    @Operation(
            operationId = "getQueuePolicy",
            summary = "Read the policy of a queue, and whether its partitions are changing")
    @APIResponse(responseCode = "200", ref = "QueuePolicy")
    @APIResponse(responseCode = "404", ref = "NoSuchPolicy")
    public Uni<PolicyView> get(@PathParam("queue") String queue) {
        QueueName name = new QueueName(queue);
        return policies.refresh().map(read -> {
            StoredPolicy policy = policies.of(name);
            if (policy == null) {
                throw NotFoundException.policy(name);
            }
            return PolicyView.of(policy);
        });
    }

    @PUT
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(
            operationId = "putQueuePolicy",
            summary = "Set the policy of a queue: partitions, or critical; its jobs keep running")
    @RequestBody(ref = "QueuePolicy")
    @APIResponse(responseCode = "200", ref = "QueuePolicy")
    @APIResponse(responseCode = "409", ref = "QueueResizing")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<PolicyView> put(@PathParam("queue") String queue, QueuePolicy policy) {
        return changes.put(open(queue), policy).map(PolicyView::of);
    }

    @DELETE
    @Access(value = Role.OPERATOR, scope = Scope.QUEUE)
    @Operation(operationId = "deleteQueuePolicy", summary = "Remove the policy of a queue; its jobs keep running")
    @APIResponse(
            responseCode = "204",
            description = "The policy is removed, or will be once the jobs of its partitions have ended.")
    @APIResponse(responseCode = "409", ref = "QueueResizing")
    public Uni<Void> delete(@PathParam("queue") String queue) {
        return changes.remove(open(queue));
    }

    private static QueueName open(String queue) {
        QueueName name = new QueueName(queue);
        if (name.isPrivate()) {
            throw new InvalidValueException("queue", queue, "a name that is not reserved for Mainstay");
        }
        return name;
    }
}
