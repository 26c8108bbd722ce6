package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The log goes through the filter. */
@QuarkusTest
class OneLineInUseTest {

    @Test
    void theConsoleHasTheFilter() {
        // By name: the handlers were made by another class loader.
        assertThat(Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                        .filter(handler -> handler.getFilter() != null)
                        .map(handler -> handler.getFilter().getClass().getName()))
                .contains(OneLine.class.getName());
    }
}
