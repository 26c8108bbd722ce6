package io.mainstay.rest.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** An operation that does not declare who may call it. */
@Path("/v1/undeclared")
public class UndeclaredResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public String get() {
        return "not to be had";
    }
}
