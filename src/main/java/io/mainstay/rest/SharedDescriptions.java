package io.mainstay.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Refers every operation to the parameters and problems of {@code META-INF/openapi.yaml}; no resource repeats them. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class SharedDescriptions implements OASFilter {

    private static final Set<String> PARAMETERS = Set.of(
            "queue",
            "id",
            "token",
            "name",
            "prefix",
            "force",
            "state",
            "cursor",
            "limit",
            "count",
            "Prefer",
            "Idempotency-Key",
            "traceparent");

    @Override
    public Parameter filterParameter(Parameter parameter) {
        // A component has its own description; what an annotation made has none, and may refer to another component.
        boolean replace = parameter.getDescription() == null
                && parameter.getRef() == null
                && PARAMETERS.contains(parameter.getName());
        return replace ? OASFactory.createParameter().ref(parameter.getName()) : parameter;
    }

    @Override
    public Operation filterOperation(Operation operation) {
        add(operation, "422", "Invalid");
        add(operation, "503", "Unavailable");
        add(operation, "406", "NotAcceptable");
        add(operation, "401", "Unauthorized");
        add(operation, "403", "Forbidden");
        if (operation.getRequestBody() != null) {
            add(operation, "400", "Malformed");
            add(operation, "408", "TooSlow");
            add(operation, "413", "TooLarge");
        }
        return operation;
    }

    /** What changes something is refused to forms. */
    @Override
    public PathItem filterPathItem(PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            if (method != PathItem.HttpMethod.GET) {
                add(operation, "415", "NotJson");
            }
        });
        return path;
    }

    private static void add(Operation operation, String status, String response) {
        if (operation.getResponses().hasAPIResponse(status)) {
            return;
        }
        operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
    }
}
