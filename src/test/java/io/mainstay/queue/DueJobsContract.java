package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.route.DueJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose the due jobs of a queue are. */
interface DueJobsContract extends ContractSteps {

    /** How late a real store may be asked what a test has just measured. */
    Duration TOLERANCE = Duration.ofSeconds(2);

    HandlerName ELSEWHERE = new HandlerName("elsewhere");

    @Test
    default void emptyQueueHasNone() {
        assertThat(due(SomeClaim.HANDLERS)).isEqualTo(new DueJobs(false, false, Optional.empty(), 0, Optional.empty()));
    }

    @Test
    default void jobsOfOtherHandlersAreToldApart() {
        enqueue(job("theirs-1").handledBy(ELSEWHERE.value()));
        letPass(SHORT);
        enqueue(job("theirs-2").handledBy(ELSEWHERE.value()));
        enqueue(job("ours").priority(9));
        letPass(SHORT);

        DueJobs ours = due(SomeClaim.HANDLERS);
        DueJobs theirs = due(Set.of(ELSEWHERE));

        assertThat(ours.startable()).isTrue();
        assertThat(ours.oldest().orElseThrow()).isBetween(SHORT, SHORT.plus(TOLERANCE));
        assertThat(ours.foreign()).isEqualTo(2);
        assertThat(ours.oldestForeign().orElseThrow())
                .isBetween(SHORT.multipliedBy(2), SHORT.multipliedBy(2).plus(TOLERANCE));
        assertThat(theirs.startable()).isTrue();
        assertThat(theirs.foreign()).isEqualTo(1);
        assertThat(due(Set.of()).startable()).isFalse();
        assertThat(due(Set.of()).oldest()).isEmpty();
        assertThat(due(Set.of()).foreign()).isEqualTo(3);
    }

    @Test
    default void jobsOfGroupsBelongToTheirHandlerToo() {
        enqueue(job("grouped").handledBy(ELSEWHERE.value()).group("tenant"));

        assertThat(due(SomeClaim.HANDLERS).startable()).isFalse();
        assertThat(due(SomeClaim.HANDLERS).foreign()).isEqualTo(1);
        assertThat(due(SomeClaim.HANDLERS).oldest()).isEmpty();
        assertThat(due(Set.of(ELSEWHERE)).startable()).isTrue();
        assertThat(due(Set.of(ELSEWHERE)).oldest()).isPresent();
    }

    @Test
    default void dueJobThatNobodyHasMovedIsForAnybody() {
        enqueue(job("due").handledBy(ELSEWHERE.value()).after(SHORT));
        letPass(SHORT.multipliedBy(2));

        assertThat(due(SomeClaim.HANDLERS).startable()).isTrue();
        assertThat(due(SomeClaim.HANDLERS).oldest().orElseThrow()).isBetween(SHORT, SHORT.plus(TOLERANCE));
    }

    @Test
    default void pausedQueueAndPausedHandlersAreTold() {
        enqueue(job("theirs").handledBy(ELSEWHERE.value()));
        answer(store().jobs().setPaused(QUEUE, ELSEWHERE, true));
        assertThat(due(Set.of(ELSEWHERE)).startable()).isFalse();
        assertThat(due(Set.of(ELSEWHERE)).paused()).isFalse();

        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(due(Set.of(ELSEWHERE)).paused()).isTrue();
    }

    private DueJobs due(Set<HandlerName> handlers) {
        return answer(store().dueJobs().dueJobs(QUEUE, handlers));
    }
}
