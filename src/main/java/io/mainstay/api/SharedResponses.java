package io.mainstay.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Adds what every operation can answer to its description, so that no resource has to repeat it. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class SharedResponses implements OASFilter {

    @Override
    public Operation filterOperation(Operation operation) {
        add(operation, "422", "Invalid");
        add(operation, "503", "Unavailable");
        if (operation.getRequestBody() != null) {
            add(operation, "400", "Malformed");
        }
        return operation;
    }

    private static void add(Operation operation, String status, String response) {
        operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
    }
}
