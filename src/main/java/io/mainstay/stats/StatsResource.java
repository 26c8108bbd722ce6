package io.mainstay.stats;

import io.mainstay.job.QueueName;
import io.mainstay.queue.StoreClock;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to jobs, over time. Schemas and examples are in {@code META-INF/openapi.yaml}. */
@Path("/v1/stats")
@Tag(name = "Statistics")
@RegisterForReflection(fields = false)
public class StatsResource {

    private final StatsReader reader;
    private final StoreClock clock;
    private final CurrentCaller callers;

    StatsResource(StatsReader reader, StoreClock clock, CurrentCaller callers) {
        this.reader = reader;
        this.clock = clock;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(
            operationId = "getStats",
            summary =
                    "Read how many jobs were enqueued, started, succeeded, failed and died, how late they started and how long they ran")
    @APIResponse(responseCode = "200", ref = "Stats")
    public Uni<StatsView> get(
            @Parameter(description = "Only this queue.") @QueryParam("queue") String queue,
            @Parameter(description = "Only this handler.") @QueryParam("handler") String handler,
            @Parameter(
                            description =
                                    "Start: a time, or how long ago (`PT6H`). Points of the step must still be kept."
                                            + " By default an hour before `to`.")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "End: a time, or how long ago. By default, and at most, now.") @QueryParam("to")
                    String to,
            @Parameter(
                            description =
                                    "Length of an interval. By default the shortest whose points are still kept at `from`.",
                            schema = @Schema(enumeration = {"PT1M", "PT10M", "PT1H"}))
                    @QueryParam("step")
                    String step,
            @Parameter(
                            description = "Also the figures of each queue or handler over the whole time.",
                            schema = @Schema(enumeration = {"queue", "handler"}))
                    @QueryParam("by")
                    String by) {
        Caller caller = callers.get();
        StatsQuery.Text text = new StatsQuery.Text(queue, handler, from, to, step, by);
        return clock.now(QueueName.HOOKS)
                .map(now -> StatsQuery.of(text, now))
                // A queue that is asked for by name is not left out but refused.
                .invoke(query -> ForbiddenException.checkQueues(
                        caller, query.queue().stream().toList()))
                .chain(query -> reader.read(query, caller.queues()).map(sums -> StatsView.of(query, sums)));
    }
}
