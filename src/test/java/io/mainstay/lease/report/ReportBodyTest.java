package io.mainstay.lease.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportBodyTest {

    /** Else the failure would be lost with its report. */
    @Test
    void stackMayBeAsLongAsBodiesMay() throws IOException {
        String stack = "y".repeat(100_000);

        ReportBody body = ReportBody.read(
                "{\"error\": {\"stack\": \"%s\"}}".formatted(stack).getBytes(StandardCharsets.UTF_8));

        assertThat(body.failure().stack()).isEqualTo(stack);
    }
}
