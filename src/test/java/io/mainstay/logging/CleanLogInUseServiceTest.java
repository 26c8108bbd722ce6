package io.mainstay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What is logged goes through the filter. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class CleanLogInUseServiceTest {

    @Test
    void theConsoleHasTheFilter() {
        ExtLogRecord record = new ExtLogRecord(
                Level.SEVERE, "a\nb of redis://u:hush@h", ExtLogRecord.FormatStyle.NO_FORMAT, "io.mainstay.Test");

        assertThat(Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                        .filter(handler -> handler.getFilter() != null)
                        .filter(handler -> handler.getFilter().isLoggable(record)))
                .isNotEmpty();
        assertThat(record.getMessage()).isEqualTo("a\\nb of redis://***@h");
    }
}
