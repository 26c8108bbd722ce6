package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.job.ScheduleName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Schedules of critical queues in the second store. */
class ScheduleCopiesTest extends DueRunsSteps {

    private final InMemoryScheduleStore elsewhere = new InMemoryScheduleStore(clock);
    private Predicate<QueueName> critical = QUEUE::equals;
    private final ScheduleCopies copies =
            new ScheduleCopies(schedules, elsewhere, queue -> critical.test(queue), ids, 1000);
    private final DueRuns there = one.over(elsewhere);

    @Test
    void aRunGetsOneJobFromWhicheverStoreItFires() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        copy();
        clock.advance(Duration.ofMinutes(60));
        look(there);
        look(one);
        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");

        clock.advance(Duration.ofMinutes(60));
        look(there);
        assertThat(jobs()).hasSize(2);
        look(one);
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void whatIsThereAsWantedStays() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        copy();
        clock.advance(Duration.ofMinutes(60));
        look(there);
        Schedule before = there("hourly").orElseThrow();
        copy();

        assertThat(there("hourly")).contains(before);
    }

    @Test
    void changesPausesAndEndsAreCopied() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        put("daily", "@daily", Misfire.DEFAULT);
        copy();
        put("hourly", "*/5 * * * *", Misfire.DEFAULT);
        answer(schedules.setPaused(new ScheduleName("hourly"), true));
        answer(schedules.delete(new ScheduleName("daily")));
        copy();

        assertThat(there("hourly").orElseThrow().spec())
                .isEqualTo(schedule("hourly").spec());
        assertThat(there("hourly").orElseThrow().paused()).isTrue();
        assertThat(there("daily")).isEmpty();
    }

    @Test
    void thoseOfQueuesThatAreNotCriticalAreNotThere() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        copy();
        critical = queue -> false;
        copy();

        assertThat(there("hourly")).isEmpty();
    }

    private void copy() {
        answer(copies.copy());
    }

    private Optional<Schedule> there(String name) {
        return answer(elsewhere.find(new ScheduleName(name))).schedule();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(ANSWER_DEADLINE);
    }
}
