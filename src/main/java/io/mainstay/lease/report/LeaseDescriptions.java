package io.mainstay.lease.report;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Refers every operation on one lease to the problems that it may meet; no resource repeats them. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class LeaseDescriptions implements OASFilter {

    private static final String TOKEN = "token";

    @Override
    public Operation filterOperation(Operation operation) {
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        if (parameters.stream().anyMatch(LeaseDescriptions::isToken)) {
            operation
                    .getResponses()
                    .addAPIResponse("404", OASFactory.createAPIResponse().ref("NoSuchLease"));
            operation
                    .getResponses()
                    .addAPIResponse("409", OASFactory.createAPIResponse().ref("LeaseLost"));
        }
        return operation;
    }

    /** Whichever filter is first. */
    private static boolean isToken(Parameter parameter) {
        return TOKEN.equals(parameter.getName())
                || parameter.getRef() != null && parameter.getRef().endsWith("/" + TOKEN);
    }
}
