package io.mainstay.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mainstay.security.Access;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.junit.jupiter.api.Test;

/** All operations there are say who may call them, and the page about security says the same. */
class AccessTest {

    private static final List<Method> OPERATIONS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.mainstay").stream()
                    .filter(type -> type.isAnnotatedWith(Path.class))
                    .map(JavaClass::reflect)
                    .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                    .filter(method -> verbs(method).findAny().isPresent())
                    .toList();

    /** Or nobody waits for its time-out: a client that stops in the middle would be waited for as long as it likes. */
    @Test
    void operationsThatReadABodyDeclareIt() {
        assertThat(OPERATIONS)
                .filteredOn(operation -> Arrays.stream(operation.getParameters())
                        .anyMatch(parameter -> parameter.getAnnotations().length == 0))
                .hasSizeGreaterThan(5)
                .allSatisfy(operation -> assertThat(operation.isAnnotationPresent(RequestBody.class))
                        .as(operation.toString())
                        .isTrue());
    }

    @Test
    void everyOperationSaysWhoMayCallIt() {
        assertThat(OPERATIONS).hasSizeGreaterThan(30);
        assertThat(OPERATIONS).allSatisfy(operation -> {
            Access access = operation.getAnnotation(Access.class);
            assertThat(access).as("@Access").isNotNull();
            assertThat(access.value()).isNotEmpty();
        });
    }

    @Test
    void whatHasAQueueInItsPathIsAboutThatQueue() {
        assertThat(OPERATIONS).map(AccessTest::declared).allSatisfy(operation -> assertThat(
                        operation.scope() == Scope.QUEUE)
                .isEqualTo(operation.path().contains("{queue}")));
    }

    @Test
    void thePageAboutSecurityHasThemAll() throws IOException {
        assertThat(rows(DeclaredOperation.documented().stream()))
                .as("the table in docs/security.md")
                .isEqualTo(rows(OPERATIONS.stream().map(AccessTest::declared)));
    }

    private static String rows(Stream<DeclaredOperation> operations) {
        return operations.map(DeclaredOperation::row).sorted().collect(Collectors.joining("\n"));
    }

    private static DeclaredOperation declared(Method method) {
        Access access = method.getAnnotation(Access.class);
        Path own = method.getAnnotation(Path.class);
        return new DeclaredOperation(
                method.getAnnotation(Operation.class).operationId(),
                verbs(method).findAny().orElseThrow(),
                method.getDeclaringClass().getAnnotation(Path.class).value() + (own == null ? "" : own.value()),
                Arrays.stream(access.value()).collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))),
                access.scope(),
                access.payload());
    }

    private static Stream<String> verbs(Method method) {
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value);
    }
}
