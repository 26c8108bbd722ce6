package io.mainstay.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.security.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final List<DeclaredOperation> OPERATIONS = DeclaredOperation.all();

    @Test
    void everyOperationSaysWhoMayCallIt() {
        assertThat(OPERATIONS).hasSizeGreaterThan(30);
        assertThat(OPERATIONS).allSatisfy(operation -> {
            assertThat(operation.access()).isNotNull();
            assertThat(operation.access().value()).isNotEmpty();
        });
    }

    @Test
    void whatHasAQueueInItsPathIsAboutThatQueue() {
        assertThat(OPERATIONS)
                .allSatisfy(operation -> assertThat(operation.access().scope() == Scope.QUEUE)
                        .isEqualTo(operation.path().contains("{queue}")));
    }
}
