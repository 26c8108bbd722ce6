package io.mainstay.rest.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A REST operation as its method declares it; {@code access} is null if it does not say who may call it. */
record DeclaredOperation(String id, String method, String path, Access access) {

    /** All there are. */
    static List<DeclaredOperation> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.mainstay").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(DeclaredOperation::of)
                        .toList();
    }

    private static Stream<DeclaredOperation> of(Class<?> resource) {
        return Stream.of(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).map(verb -> of(resource, method, verb)).stream());
    }

    private static DeclaredOperation of(Class<?> resource, Method method, String verb) {
        Path own = method.getAnnotation(Path.class);
        Operation operation = method.getAnnotation(Operation.class);
        return new DeclaredOperation(
                operation == null ? method.toString() : operation.operationId(),
                verb,
                resource.getAnnotation(Path.class).value() + (own == null ? "" : own.value()),
                method.getAnnotation(Access.class));
    }

    private static Optional<String> verb(Method method) {
        return Stream.of(method.getAnnotations())
                .flatMap(annotation ->
                        Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findAny();
    }

    /** As the table in the docs has it. */
    String row() {
        return "| `%s` | `%s %s` | %s | %s | %s |"
                .formatted(
                        id,
                        method,
                        path,
                        Arrays.stream(access.value()).map(Role::label).collect(Collectors.joining(", ")),
                        access.scope().label(),
                        access.payload() ? "yes" : "");
    }

    @Override
    public String toString() {
        return id;
    }
}
