package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Roster;
import io.mainstay.queue.Staffing;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that runs jobs says so. */
@Tag("service")
@QuarkusTest
class HandlerAnnouncerTest {

    @Inject
    Roster roster;

    @Inject
    HandlerRegistry handlers;

    @Test
    void whatThisInstanceRunsIsKnown() {
        QueueName any = new QueueName("announced");
        Awaitility.await("the first announcement")
                .atMost(Duration.ofSeconds(10))
                .until(() -> staffing(any, "nobody") != Staffing.NO_QUEUE);

        assertThat(staffing(any, "nobody")).isEqualTo(Staffing.NO_HANDLER);
        assertThat(handlers.names()).isNotEmpty().allSatisfy(handler -> assertThat(staffing(any, handler.value()))
                .isEqualTo(Staffing.SERVED));
    }

    private Staffing staffing(QueueName queue, String handler) {
        return roster.staffing(queue, new HandlerName(handler)).await().atMost(Duration.ofSeconds(5));
    }
}
