package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.QueueName;
import io.mainstay.rest.ForbiddenException;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Jobs that run after other jobs. Schemas, examples and problem responses are in {@code META-INF/openapi.yaml}. */
@Path("/v1/flows")
@Tag(name = "Flows")
@RegisterForReflection(fields = false)
public class FlowResource {

    private final Flows flows;
    private final FlowIntake intake;
    private final CurrentCaller callers;

    FlowResource(Flows flows, FlowIntake intake, CurrentCaller callers) {
        this.flows = flows;
        this.intake = intake;
        this.callers = callers;
    }

    @POST
    @Access(value = Role.PRODUCER, scope = Scope.BODY)
    @Operation(operationId = "createFlow", summary = "Create a flow: jobs that run after other jobs")
    @RequestBody(ref = "NewFlow")
    @APIResponse(responseCode = "201", ref = "FlowCreated")
    @APIResponse(responseCode = "200", ref = "Flow")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public Uni<RestResponse<FlowView>> create(
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("traceparent") String traceparent,
            FlowRequest request) {
        Caller caller = callers.get();
        Uni<Flows.Created> created = intake.prepare(request).chain(() -> {
            FlowPlan plan = intake.accept(request, idempotencyKey, traceparent);
            ForbiddenException.checkQueues(
                    caller, plan.nodes().stream().map(FlowNode::queue).toList());
            return flows.create(plan);
        });
        return created.map(made -> {
            if (!maySee(caller, made.flow())) {
                throw ForbiddenException.taken("The flow of this id");
            }
            FlowView flow = FlowView.of(made.flow());
            return made.created()
                    ? ResponseBuilder.create(RestResponse.Status.CREATED, flow)
                            .header("Location", "/v1/flows/" + flow.id())
                            .build()
                    : RestResponse.ok(flow);
        });
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listFlows", summary = "List flows, the latest first, page by page")
    @APIResponse(responseCode = "200", ref = "Flows")
    public Uni<FlowList> list(
            @Parameter(
                            description = "Only flows in this state.",
                            schema = @Schema(enumeration = {"running", "succeeded", "failed"}))
                    @QueryParam("state")
                    String state,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        Caller caller = callers.get();
        FlowQuery query = new FlowQuery(
                Optional.ofNullable(state).map(FlowState::ofWireName),
                Optional.ofNullable(cursor).map(FlowCursor::parse),
                WholeNumber.parse("limit", limit));
        return shown(query, caller).map(FlowList::of);
    }

    private Uni<FlowPage> shown(FlowQuery query, Caller caller) {
        return caller.queues().matchAll()
                ? flows.list(query)
                : flows.list(query.whole()).map(page -> page.shown(query, flow -> maySee(caller, flow.queues())));
    }

    @GET
    @Path("/{id}")
    @Access(
            value = {Role.READER, Role.PRODUCER},
            scope = Scope.STORED)
    @Operation(operationId = "getFlow", summary = "Read the progress of a flow")
    @APIResponse(responseCode = "200", ref = "Flow")
    @APIResponse(responseCode = "404", ref = "NoSuchFlow")
    public Uni<FlowView> get(@PathParam("id") String id) {
        return seen(new FlowId(id)).map(FlowView::of);
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Role.OPERATOR, scope = Scope.STORED)
    @Operation(operationId = "cancelFlow", summary = "Cancel all jobs of a flow that have not ended")
    @APIResponse(responseCode = "200", ref = "Flow")
    @APIResponse(responseCode = "404", ref = "NoSuchFlow")
    public Uni<FlowView> cancel(@PathParam("id") String id) {
        FlowId flow = new FlowId(id);
        return seen(flow).chain(() -> flows.cancel(flow)).map(FlowView::of);
    }

    /** A flow that is in a queue of others as well is not there for this caller. */
    private Uni<FlowStatus> seen(FlowId id) {
        Caller caller = callers.get();
        return flows.get(id).invoke(flow -> {
            if (!maySee(caller, flow)) {
                throw NotFoundException.flow(id);
            }
        });
    }

    private static boolean maySee(Caller caller, FlowStatus flow) {
        return maySee(caller, flow.nodes().stream().map(FlowStatus.Node::queue).toList());
    }

    private static boolean maySee(Caller caller, Collection<QueueName> queues) {
        return queues.stream().allMatch(queue -> caller.mayTouch(queue.value()));
    }
}
