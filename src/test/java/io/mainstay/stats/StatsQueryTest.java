package io.mainstay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsQueryTest {

    private static final Instant NOW = Instant.parse("2026-11-28T13:45:36Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, MINUTES, 2026-11-28T12:45:00Z, 2026-11-28T13:45:00Z",
                "PT6H, -, -, MINUTES, 2026-11-28T07:45:00Z, 2026-11-28T13:45:00Z",
                "P1D, -, -, TEN_MINUTES, 2026-11-27T13:40:00Z, 2026-11-28T13:40:00Z",
                "P1D, -, PT1H, HOURS, 2026-11-27T13:00:00Z, 2026-11-28T13:00:00Z",
                "P1D, -, PT1M, MINUTES, 2026-11-28T07:45:00Z, 2026-11-28T13:45:00Z",
                "P4D, -, -, HOURS, 2026-11-24T13:00:00Z, 2026-11-28T13:00:00Z",
                "P99D, -, -, HOURS, 2026-10-29T13:00:00Z, 2026-11-28T13:00:00Z",
                "2026-11-28T13:00:00+01:00, 2026-11-28T12:30:00Z, -, MINUTES, 2026-11-28T12:00:00Z, 2026-11-28T12:29:00Z",
                "PT2H, PT1H, -, MINUTES, 2026-11-28T11:45:00Z, 2026-11-28T12:45:00Z",
                "-999999999-01-01T00:00:00Z, +999999999-12-31T23:59:59Z, PT1H, HOURS, 2026-10-29T13:00:00Z, 2026-11-28T13:00:00Z",
                "PT1M, 2030-01-01T00:00:00Z, -, MINUTES, 2026-11-28T13:44:00Z, 2026-11-28T13:45:00Z",
            })
    void timeIsCutIntoPoints(String from, String to, String step, Resolution resolution, Instant first, Instant last) {
        StatsQuery query = query(from, to, step);

        assertThat(query.resolution()).isEqualTo(resolution);
        assertThat(query.at(query.first())).isEqualTo(first);
        assertThat(query.at(query.last())).isEqualTo(last);
    }

    @Test
    void whatIsNotKeptAnyMoreHasNoPoints() {
        StatsQuery query = query("P9D", "P8D", "PT1M");

        assertThat(query.chunks()).isEmpty();
        assertThat(query.covers(query.first())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "from, yesterday, -, -",
                "from, -PT1H, -, -",
                "from, PT1H, PT2H, -",
                "from, PT1H, PT1H, -",
                "from, 2027-01-01T00:00:00Z, -, -",
                "from, P99999999999999999999D, -, -",
                "to, PT2H, PT, -",
                "step, PT1H, -, PT2M",
                "step, PT1H, -, hour",
            })
    void whatIsNotRightIsNamed(String field, String from, String to, String step) {
        assertThatThrownBy(() -> query(from, to, step))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(field);
    }

    private static StatsQuery query(String from, String to, String step) {
        return StatsQuery.of(new StatsQuery.Text(null, null, from, to, step, null), NOW);
    }
}
