package io.mainstay.events;

import io.mainstay.security.Access;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** State changes of jobs as they happen, at most once. */
@Path("/v1/events")
@Tag(name = "Events")
@RegisterForReflection(fields = false)
public class EventResource {

    private final EventStreams streams;
    private final CurrentCaller callers;

    EventResource(EventStreams streams, CurrentCaller callers) {
        this.callers = callers;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "streamEvents", summary = "Stream state changes of jobs as they happen, at most once")
    @APIResponse(responseCode = "200", ref = "Events")
    public Uni<Void> stream(
            @Parameter(description = "Only these queues; may be repeated.") @QueryParam("queue") List<String> queues,
            @Parameter(description = "Only changes to these states; may be repeated.") @QueryParam("state")
                    List<String> states,
            @Context RoutingContext routing) {
        EventFilter filter = EventFilter.parse(queues, states, callers.get());
        var loop = Vertx.currentContext();
        HttpAnswer answer = new HttpAnswer(routing.request());
        EventStream stream = streams.open(filter, answer, task -> loop.runOnContext(ignored -> task.run()));
        routing.addEndHandler(ignored -> streams.leave(stream));
        answer.begin(stream::taken);
        streams.join(stream);
        // The answer is written by the stream, which knows how many events fit one write; here it never comes.
        return Uni.createFrom().nothing();
    }
}
