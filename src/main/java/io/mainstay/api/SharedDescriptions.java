package io.mainstay.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Refers every operation to the parameters and problems of {@code META-INF/openapi.yaml}; no resource repeats them. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class SharedDescriptions implements OASFilter {

    private static final Set<String> PARAMETERS = Set.of(
            "queue", "id", "name", "state", "cursor", "limit", "count", "Prefer", "Idempotency-Key", "traceparent");

    @Override
    public Parameter filterParameter(Parameter parameter) {
        // A component has its own description; what an annotation made has none.
        boolean replace = parameter.getDescription() == null && PARAMETERS.contains(parameter.getName());
        return replace ? OASFactory.createParameter().ref(parameter.getName()) : parameter;
    }

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
