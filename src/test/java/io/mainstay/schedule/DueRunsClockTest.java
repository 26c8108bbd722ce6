package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs and their jobs when the clock of the store steps. */
class DueRunsClockTest extends DueRunsSteps {

    @ParameterizedTest
    @CsvSource({
        // Every other second: several runs come again, so it goes on at once.
        "*/2 * * * * *, -PT10M, 2026-01-01T01:50:02Z, 1",
        "*/2 * * * * *, -PT4S,  2026-01-01T01:59:58Z, 1",
        // One run at most comes again: it had its job.
        "*/2 * * * * *, -PT2S,  2026-01-01T02:00:02Z, 0",
        "*/2 * * * * *, -PT0.005S, 2026-01-01T02:00:02Z, 0",
        "@hourly,       -PT10M, 2026-01-01T03:00:00Z, 0",
        "0 2 * * *,     -PT10M, 2026-01-02T02:00:00Z, 0",
        "0 2 * * *,     -PT72H, 2025-12-30T02:00:00Z, 1"
    })
    void scheduleGoesOnFromAClockThatWentBack(String cron, Duration step, Instant next, int rewinds) {
        put("odd", cron, Misfire.DEFAULT);
        clock.advance(Duration.ofHours(2));
        look(one);
        int before = jobs().size();

        clock.advance(step);
        look(one);

        assertThat(jobs()).hasSize(before);
        assertThat(schedule("odd").next()).contains(next);
        assertThat(schedule("odd").rewinds()).isEqualTo(rewinds);
        clock.advance(Duration.between(clock.instant(), next));
        look(one);
        assertThat(jobs())
                .hasSize(before + 1)
                .contains(schedule("odd").run(next).job().value());
    }

    @Test
    void everySecondHasItsRunThoughTheClockWentBackTenMinutes() {
        put("pulse", "* * * * * *", Misfire.DEFAULT);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            look(one);
        }
        clock.advance(Duration.ofMinutes(-10));
        look(one);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            look(one);
        }
        assertThat(jobs()).hasSize(60);
    }

    @Test
    void leaseOfADeadInstanceIsNoLongerForAClockThatWentBack() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        clock.advance(Duration.ofMinutes(75));
        schedules.claim("dead", "t", 10, DueRuns.LEASE).await().atMost(ANSWER_DEADLINE);

        clock.advance(Duration.ofMinutes(-10));
        look(other);
        assertThat(jobs()).isEmpty();
        clock.advance(DueRuns.LEASE);
        look(other);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");
    }

    @Test
    void clockThatJumpsAheadMakesRunsMissed() {
        put("pulse", "* * * * * *", Misfire.DEFAULT);
        clock.advance(Duration.ofMinutes(10));
        look(one);
        assertThat(jobs()).hasSize(62);

        clock.advance(Duration.ofMinutes(-10));
        look(one);
        clock.advance(Duration.ofSeconds(2));
        look(one);
        assertThat(jobs()).hasSize(64).contains("schedule~pulse~20260101T000001Z~1");
    }

    /** However the clock goes: no run before its time, and none left out but the first one after each step back. */
    @Test
    void everyRunThatTheClockPassesHasItsJobWhateverTheClockDoes() {
        long seed = Long.getLong("mainstay.schedule.seed", 11);
        Random random = new Random(seed);
        List<DueRuns> flaky = Stream.generate(
                        () -> instance(new FlakySchedules(schedules, call -> random.nextInt(3) == 0)))
                .limit(3)
                .toList();
        put("odd", "*/3 * * * * *", ALL);
        TreeSet<String> due = new TreeSet<>();
        for (int stretch = 0; stretch < 40; stretch++) {
            look(one);
            String what = "stretch %d, seed %d".formatted(stretch, seed);
            Instant first = schedule("odd").next().orElseThrow();
            Recurrence recurrence = Recurrence.of(schedule("odd").spec().timing());
            assertThat(first).as(what).isIn(firstTwo(recurrence, clock.instant()));
            for (int step = 0; step < 20; step++) {
                clock.advance(Duration.ofMillis(random.nextInt(2000)));
                look(flaky.get(random.nextInt(3)));
                if (step == 10) {
                    clock.advance(Duration.ofSeconds(random.nextInt(600)));
                }
            }
            clock.advance(DueRuns.LEASE);
            look(one);
            for (Instant run = first;
                    !run.isAfter(clock.instant());
                    run = recurrence.after(run).orElseThrow()) {
                due.add(schedule("odd").run(run).job().value());
            }
            assertThat(new TreeSet<>(jobs())).as(what).isEqualTo(due);
            clock.advance(Duration.ofMillis(-random.nextInt(random.nextBoolean() ? 600_000 : 5_000)));
        }
        assertThat(schedule("odd").rewinds()).isBetween(10, 39);
    }

    private static List<Instant> firstTwo(Recurrence recurrence, Instant now) {
        Instant first = recurrence.after(now).orElseThrow();
        return List.of(first, recurrence.after(first).orElseThrow());
    }
}
