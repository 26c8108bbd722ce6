package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.check.AzureNotice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceNoticesTest {

    private static final String STARTING = "NotificationType|NodeMaintenanceStarting|StartTimeInUTC|2026-01-31T12:34:19"
            + "|IsReplica|True|IPAddress|10.0.0.1|SSLPort|15001|NonSSLPort|13001";

    private long now = Long.MAX_VALUE;
    private final MaintenanceNotices notices = new MaintenanceNotices(() -> now);

    @ParameterizedTest
    @CsvSource({
        "NodeMaintenanceScheduled, SCHEDULED",
        "NodeMaintenanceStarting, STARTING",
        "NodeMaintenanceStart, START",
        "NodeMaintenanceFailover, FAILOVER_COMPLETE",
        "NodeMaintenanceFailoverComplete, FAILOVER_COMPLETE",
        "NodeMaintenanceScaleComplete, SCALE_COMPLETE",
        "NodeMaintenanceEnded, ENDED",
        "SomethingNew, OTHER",
    })
    void kindsAreToldApart(String type, Kind kind) {
        assertThat(AzureNotice.parse("NotificationType|" + type).kind()).isEqualTo(kind);
    }

    @Test
    void timeAndRoleAreRead() {
        assertThat(AzureNotice.parse(STARTING))
                .isEqualTo(new AzureNotice(Kind.STARTING, Optional.of(Instant.parse("2026-01-31T12:34:19Z")), true));
        assertThat(AzureNotice.parse("StartTimeInUTC|2026-01-31T12:34:19.5Z|NotificationType|NodeMaintenanceStart"))
                .isEqualTo(new AzureNotice(Kind.START, Optional.of(Instant.parse("2026-01-31T12:34:19.5Z")), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "|", "||||", "NotificationType", "NotificationType|", "StartTimeInUTC|soon|IsReplica|?"})
    void whatCannotBeReadIsAnotherKind(String message) {
        assertThat(AzureNotice.parse(message)).isEqualTo(new AzureNotice(Kind.OTHER, Optional.empty(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NodeMaintenanceStarting", "NodeMaintenanceStart"})
    void maintenanceIsNearFromItsStartToItsEnd(String start) {
        take(start);
        assertThat(notices.near()).isTrue();

        take("NodeMaintenanceFailoverComplete");
        assertThat(notices.near()).isTrue();

        take("NodeMaintenanceEnded");
        assertThat(notices.near()).isFalse();
    }

    @Test
    void maintenanceIsNearForFiveMinutesAtMost() {
        take("NodeMaintenanceStarting");
        now += Duration.ofMinutes(5).toNanos() - 1;
        assertThat(notices.near()).isTrue();

        now++;
        assertThat(notices.near()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NodeMaintenanceScheduled", "NodeMaintenanceScaleComplete", "SomethingNew"})
    void otherNoticesChangeNothing(String type) {
        take(type);
        assertThat(notices.near()).isFalse();
    }

    private void take(String type) {
        notices.take("NotificationType|" + type);
    }
}
