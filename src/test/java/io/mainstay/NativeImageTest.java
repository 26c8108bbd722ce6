package io.mainstay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.ws.rs.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works on a JVM and would not in a native binary, as far as it can be told from the sources. */
class NativeImageTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mainstay");

    @Test
    void whatIsWrittenAsJsonByItsMembersIsRegistered() {
        classes()
                .that()
                .areAnnotatedWith(JsonInclude.class)
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .check(CLASSES);
    }

    /** Their parameters are read at run time: a query parameter that a call does not declare is refused. */
    @Test
    void resourcesAreRegistered() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .check(CLASSES);
    }

    @Test
    void whatSaysItsGenericTypeAtRunTimeIsRegistered() {
        classes()
                .that()
                .areAssignableTo(TypeLiteral.class)
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .check(CLASSES);
    }

    /** Quarkus's extension for traces brings them; they would be a quarter of the classes, and most registered methods. */
    @ParameterizedTest
    @ValueSource(strings = {"io.grpc.ManagedChannel", "io.vertx.grpc.client.GrpcClient", "com.google.protobuf.Message"})
    void grpcIsLeftOut(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    /** Statics are made when the image is built: every process would draw the same numbers. */
    @Test
    void noRandomnessIsStatic() {
        fields().that()
                .areStatic()
                .should()
                .notHaveRawType(Random.class)
                .andShould()
                .notHaveRawType(SecureRandom.class)
                .check(CLASSES);
    }
}
