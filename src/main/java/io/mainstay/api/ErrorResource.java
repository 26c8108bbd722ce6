package io.mainstay.api;

import io.mainstay.api.listing.ErrorListing;
import io.mainstay.api.listing.QueueRange;
import io.mainstay.api.listing.SearchCursor;
import io.mainstay.job.Bounds;
import io.mainstay.rest.WholeNumber;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Dead jobs, grouped by their errors. */
@Path("/v1/errors")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class ErrorResource {

    private static final int MOST = 200;

    private final ErrorListing errors;
    private final CurrentCaller callers;

    ErrorResource(ErrorListing errors, CurrentCaller callers) {
        this.errors = errors;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "listErrors", summary = "List dead jobs grouped by their errors, page by page")
    @Parameter(name = "queue", in = ParameterIn.QUERY, ref = "someQueues")
    @APIResponse(responseCode = "200", ref = "Errors")
    public Uni<ErrorList> list(
            @QueryParam("queue") String queue,
            @QueryParam("cursor") String cursor,
            @Parameter(
                            description = "Maximum number of groups on the page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @DefaultValue("100")
                    String limit) {
        Caller caller = callers.get();
        int most = WholeNumber.parse("limit", limit);
        Bounds.between("limit", most, 1, MOST);
        return errors.page(
                        QueueRange.of(queue, caller),
                        Optional.ofNullable(cursor).map(SearchCursor::parse),
                        most)
                .map(found -> ErrorList.of(found, caller));
    }
}
