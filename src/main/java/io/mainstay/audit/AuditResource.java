package io.mainstay.audit;

import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who changed what. */
@Path("/v1/audit")
@Tag(name = "Audit")
@RegisterForReflection(fields = false)
public class AuditResource {

    private final AuditReader reader;

    AuditResource(AuditReader reader) {
        this.reader = reader;
    }

    @GET
    @Operation(operationId = "listAudit", summary = "List who changed what, newest first")
    @Access(value = Role.ADMIN, scope = Scope.ALL)
    @APIResponse(responseCode = "200", ref = "AuditRecords")
    public Uni<AuditList> list(
            @Parameter(
                            description = "Changes, requests that were refused (401, 403), or enqueues.",
                            schema =
                                    @Schema(
                                            enumeration = {"changes", "refusals", "enqueues"},
                                            defaultValue = "changes"))
                    @QueryParam("kind")
                    @DefaultValue("changes")
                    String kind,
            @Parameter(description = "The id of a caller.") @QueryParam("caller") String caller,
            @Parameter(description = "The `operationId` of a call.") @QueryParam("operation") String operation,
            @QueryParam("queue") String queue,
            @Parameter(description = "At this time or later.") @QueryParam("from") String from,
            @Parameter(description = "Before this time.") @QueryParam("to") String to,
            @QueryParam("cursor") String cursor,
            @Parameter(
                            description = "Maximum number of records on the page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @DefaultValue("100")
                    String limit) {
        return reader.page(AuditQuery.of(new AuditQuery.Text(kind, caller, operation, queue, from, to, cursor, limit)))
                .map(AuditList::of);
    }
}
