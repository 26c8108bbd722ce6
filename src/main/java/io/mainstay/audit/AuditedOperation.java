package io.mainstay.audit;

import io.mainstay.security.Access;
import io.mainstay.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What is recorded of an operation, as its declaration says it: what operators and admins may do and is no GET is a change, what
 * only producers may do is an enqueue. What workers do with their leases is neither.
 *
 * @param kind empty if only refusals are recorded
 * @param objects parameters of the path besides the queue, each with the name that stands before it: {@code jobs} of {@code id}
 */
record AuditedOperation(String id, Optional<AuditKind> kind, Map<String, String> objects) {

    static final String QUEUE = "queue";

    /** Proves something by itself, so it is no name that may be shown. */
    private static final String TOKEN = "token";

    private static final Pattern PARAMETER = Pattern.compile("([^/{}]+)/+\\{([^}:]+)");

    static AuditedOperation of(Method method) {
        Operation operation = method.getAnnotation(Operation.class);
        return new AuditedOperation(
                operation == null ? method.getName() : operation.operationId(), kind(method), objects(method));
    }

    /** @param value of a parameter, or null */
    String object(Function<String, String> value) {
        return objects.isEmpty()
                ? null
                : objects.entrySet().stream()
                        .map(each -> each.getValue() + "/" + value.apply(each.getKey()))
                        .collect(Collectors.joining("/"));
    }

    private static Optional<AuditKind> kind(Method method) {
        Access access = method.getAnnotation(Access.class);
        if (access == null || method.isAnnotationPresent(GET.class)) {
            return Optional.empty();
        }
        List<Role> roles = Arrays.asList(access.value());
        if (roles.contains(Role.OPERATOR) || roles.contains(Role.ADMIN)) {
            return Optional.of(AuditKind.CHANGES);
        }
        return roles.contains(Role.PRODUCER) ? Optional.of(AuditKind.ENQUEUES) : Optional.empty();
    }

    private static Map<String, String> objects(Method method) {
        Map<String, String> objects = new LinkedHashMap<>();
        PARAMETER
                .matcher(path(method.getDeclaringClass().getAnnotation(Path.class)) + "/"
                        + path(method.getAnnotation(Path.class)))
                .results()
                .filter(found ->
                        !found.group(2).equals(QUEUE) && !found.group(2).equals(TOKEN))
                .forEach(found -> objects.put(found.group(2).strip(), found.group(1)));
        return objects;
    }

    private static String path(Path path) {
        return path == null ? "" : path.value();
    }
}
