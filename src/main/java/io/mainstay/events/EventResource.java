package io.mainstay.events;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** State changes of jobs as they happen, at most once. */
@Path("/v1/events")
@Tag(name = "Events")
public class EventResource {

    private final EventStreams streams;
    private final Sse sse;

    EventResource(EventStreams streams, Sse sse) {
        this.streams = streams;
        this.sse = sse;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "streamEvents", summary = "Hear of state changes of jobs as they happen, at most once")
    @APIResponse(responseCode = "200", ref = "Events")
    public Multi<OutboundSseEvent> stream(
            @Parameter(description = "Of these queues only; may be repeated.") @QueryParam("queue") List<String> queues,
            @Parameter(description = "Into these states only; may be repeated.") @QueryParam("state")
                    List<String> states,
            RoutingContext routing) {
        EventFilter filter = EventFilter.parse(queues, states);
        Context loop = Vertx.currentContext();
        HttpServerResponse response = routing.response();
        Multi<Event> events =
                streams.open(filter, task -> loop.runOnContext(ignored -> task.run()), () -> routing.request()
                        .connection()
                        .close());
        response.putHeader("Cache-Control", "no-store").putHeader("X-Accel-Buffering", "no");
        return events.map(event -> EventText.of(event, sse));
    }
}
