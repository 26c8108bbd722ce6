package io.mainstay.schedule;

import io.mainstay.job.Bounds;
import io.mainstay.job.ScheduleName;
import io.mainstay.rest.WholeNumber;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** When a schedule would run, before it is made. */
@Path("/v1/cron")
@Tag(name = "Schedules")
@RegisterForReflection(fields = false)
public class CronResource {

    /** Whatever it is called: with the answer comes the time. */
    private static final ScheduleName ANY = new ScheduleName("preview");

    private final ScheduleStore store;

    CronResource(ScheduleStore store) {
        this.store = store;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.NONE)
    @Operation(
            operationId = "previewCron",
            summary =
                    "List when a cron expression matches from now on, and around the next changes of the zone's clocks")
    @APIResponse(responseCode = "200", ref = "CronPreview")
    public Uni<CronView> preview(
            @QueryParam("cron") @DefaultValue("@daily") String cron,
            @QueryParam("timeZone") @DefaultValue("UTC") String timeZone,
            @QueryParam("gap") String gap,
            @QueryParam("overlap") String overlap,
            @QueryParam("count") @DefaultValue("10") String count) {
        CronExpression read = CronExpression.parse(cron);
        ZoneId zone = Timing.zone(timeZone);
        Timing timing = read.timing(
                cron,
                zone,
                Optional.ofNullable(gap).map(Timing.Gap::ofWireName),
                Optional.ofNullable(overlap).map(Timing.Overlap::ofWireName));
        int most = WholeNumber.parse("count", count);
        Bounds.between("count", most, 1, Schedules.MOST_RUNS);
        return store.find(ANY)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(sighting -> CronView.of(CronPreview.of(read, timing, sighting.at(), most)));
    }
}
