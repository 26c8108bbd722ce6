package io.mainstay.rest.access;

import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** Says of every operation in the API description who may call it, as its {@link Access} declares. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class AccessDescriptions implements OASFilter {

    static final String EXTENSION = "x-mainstay-access";

    private static final DotName OPERATION =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);

    /** By operation id. */
    private final Map<String, AnnotationInstance> declared;

    public AccessDescriptions(IndexView index) {
        declared = index.getAnnotations(Access.class).stream()
                .collect(Collectors.toMap(
                        access -> access.target()
                                .asMethod()
                                .annotation(OPERATION)
                                .value("operationId")
                                .asString(),
                        access -> access,
                        // The index is made of several that overlap.
                        (access, again) -> access));
    }

    @Override
    public Operation filterOperation(Operation operation) {
        AnnotationInstance access = declared.get(operation.getOperationId());
        if (access != null) {
            describe(operation, access);
        }
        return operation;
    }

    private static void describe(Operation operation, AnnotationInstance access) {
        List<String> roles = Arrays.stream(access.value().asEnumArray())
                .map(role -> Role.valueOf(role).label())
                .toList();
        Scope scope = Scope.valueOf(access.value("scope").asEnum());
        AnnotationValue payload = access.value("payload");
        boolean needsPayload = payload != null && payload.asBoolean();
        String sentence = "Needs the role " + String.join(" or ", roles) + queues(scope)
                + (needsPayload ? ", and the right to payloads." : ".");
        operation.setDescription(
                operation.getDescription() == null ? sentence : operation.getDescription() + "\n\n" + sentence);
        Map<String, Object> extension = new LinkedHashMap<>();
        extension.put("roles", roles);
        extension.put("scope", scope.label());
        extension.put("payload", needsPayload);
        operation.addExtension(EXTENSION, extension);
    }

    private static String queues(Scope scope) {
        return switch (scope) {
            case QUEUE -> " and the queue";
            case BODY -> " and every queue that the body or the changed object names";
            case STORED -> " and every queue it concerns, otherwise the answer is not found";
            case FILTERED -> "; shows only queues of the caller";
            case ALL -> " and all queues (`*`)";
            case NONE -> "";
        };
    }
}
