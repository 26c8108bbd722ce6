package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An instance that runs jobs says so. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class HandlerAnnouncerServiceTest {

    @Inject
    Announcements announcements;

    @Inject
    HandlerRegistry handlers;

    @Test
    void whatThisInstanceRunsIsKnown() {
        QueueName any = new QueueName("announced");
        Awaitility.await("the first announcement")
                .atMost(Duration.ofSeconds(10))
                .until(() -> availability(any, "nobody") != Availability.NO_QUEUE);

        assertThat(availability(any, "nobody")).isEqualTo(Availability.NO_HANDLER);
        assertThat(handlers.names()).isNotEmpty().allSatisfy(handler -> assertThat(availability(any, handler.value()))
                .isEqualTo(Availability.AVAILABLE));
    }

    private Availability availability(QueueName queue, String handler) {
        return announcements
                .availability(queue, new HandlerName(handler))
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
