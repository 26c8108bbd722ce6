package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CronPreviewTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void runsAreShownAcrossChangesOfTheClocks() {
        CronPreview preview = preview("30 2 * * *", "Europe/Berlin", 2);

        assertThat(preview.runs())
                .containsExactly(Instant.parse("2026-11-24T01:30:00Z"), Instant.parse("2026-11-25T01:30:00Z"));
        assertThat(preview.changes()).extracting(ClockChange::isGap).containsExactly(true, false);
        assertThat(preview.changes().get(0).runs())
                .as("when the gap ends")
                .containsExactly(Instant.parse("2027-03-28T01:00:00Z"));
        assertThat(preview.changes().get(1).runs())
                .as("the first time")
                .containsExactly(Instant.parse("2027-10-31T00:30:00Z"));
    }

    @Test
    void zoneWithoutChangesHasNone() {
        assertThat(preview("30 2 * * *", "UTC", 1).changes()).isEmpty();
    }

    @Test
    void runsAroundAChangeAreBounded() {
        List<ClockChange> changes =
                preview("* * * * * *", "America/New_York", 3).changes();

        assertThat(changes).hasSize(2).allSatisfy(change -> assertThat(change.runs())
                .hasSize(10));
    }

    private static CronPreview preview(String cron, String zone, int count) {
        CronExpression read = CronExpression.parse(cron);
        return CronPreview.of(
                read, read.timing(cron, Timing.zone(zone), Optional.empty(), Optional.empty()), NOW, count);
    }
}
