package io.mainstay.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.route.Served;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What scaling wants to know of queues. */
public interface LoadContract extends ContractSteps {

    /** How late a real store may be asked what a test has just measured. */
    Duration SLACK = Duration.ofSeconds(2);

    @Test
    default void loadCountsWhatWaitsAndWhatRuns() {
        run(job("running"), "t1");
        enqueue("ready-1", "ready-2");
        enqueue(job("due").after(SHORT));
        enqueue(job("ahead").after(LONG));
        letPass(SHORT.multipliedBy(2));

        assertThat(load().waiting()).isEqualTo(3);
        assertThat(load().running()).isEqualTo(1);
        assertThat(load().paused()).isFalse();
        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(load().paused()).isTrue();
    }

    @Test
    default void loadsOfUnknownQueuesAreNothing() {
        QueueName unknown = new QueueName("unknown");
        enqueue("a");

        List<QueueLoad> loads = answer(store().loads().loads(List.of(unknown, QUEUE), SomeClaim.HANDLERS));

        assertThat(loads).extracting(QueueLoad::queue).containsExactlyInAnyOrder(unknown, QUEUE);
        assertThat(loads).contains(new QueueLoad(unknown, false, 0, 0, 0, QueueLoad.Sample.NONE));
    }

    @TimedTest
    default void endedJobsAreCountedPerSecondOverTheTimeTheyAreKeptFor() {
        assertThat(load().endedPerSecond()).isZero();
        finish(3);
        bury("dead");
        enqueue("cancelled");
        cancel("cancelled");

        // Within the first second they are those of a second.
        assertThat(load().endedPerSecond()).isBetween(1.0, 4.0);
        letPass(Duration.ofMillis(1500));
        assertThat(load().endedPerSecond()).isBetween(0.5, 4 / 1.5);
    }

    @TimedTest
    default void sampleTellsHowLongEndedJobsRanAndHowLongWorkersWereBusy() {
        run(job("done"), "t1");
        letPass(SHORT);
        settle(complete("done", "t1"));
        run(job("runs"), "t2");
        letPass(SHORT.multipliedBy(2));

        QueueLoad.Sample sample = load().sample();

        assertThat(sample.ends()).isEqualTo(1);
        assertThat(sample.ran()).isBetween(SHORT, SHORT.plus(SLACK));
        assertThat(sample.busy()).isBetween(sample.ran().plus(SHORT.multipliedBy(2)), SHORT.plus(SLACK));
    }

    @TimedTest
    default void sampleIsBoundedAndItsTimeBeginsWithItsFirstEnd() {
        enqueue("early");
        claimAll("early", LONG, "early");
        letPass(SHORT.multipliedBy(10));
        finish(30);
        enqueue("waiting");

        QueueLoad.Sample sample = load().sample();

        assertThat(sample.ends()).isEqualTo(25);
        assertThat(sample.ran()).isLessThan(SLACK);
        assertThat(sample.busy()).isLessThanOrEqualTo(SLACK);
    }

    @TimedTest
    default void busyTimeOfManyRunningJobsIsThatOfAll() {
        enqueue(IntStream.range(0, 60).mapToObj(i -> "j" + i).toArray(String[]::new));
        claim(60);
        letPass(SHORT.multipliedBy(5));

        long perJob = load().sample().busy().toMillis() / 60;

        assertThat(perJob).isCloseTo(SHORT.multipliedBy(5).toMillis(), Offset.offset(SLACK.toMillis()));
        assertThat(perJob).isGreaterThanOrEqualTo(SHORT.multipliedBy(5).toMillis());
    }

    @Test
    default void jobsOfOtherHandlersAreNotCounted() {
        HandlerName elsewhere = new HandlerName("elsewhere");
        for (String id : List.of("done", "runs", "waits")) {
            enqueue(job(id).handledBy(elsewhere.value()));
        }
        for (String id : List.of("done", "runs")) {
            answer(store().leases()
                    .claim(new ClaimRequest(QUEUE, "remote", id, 1, LONG, Served.of(Set.of(elsewhere)))));
        }
        settle(complete("done", "done"));
        enqueue("ours");

        QueueLoad ours = load();
        QueueLoad theirs =
                answer(store().loads().loads(List.of(QUEUE), Set.of(elsewhere))).get(0);

        assertThat(ours.waiting()).isEqualTo(1);
        assertThat(ours.running()).isZero();
        assertThat(ours.endedPerSecond()).isZero();
        assertThat(ours.sample().ends()).isZero();
        assertThat(theirs.waiting()).isEqualTo(1);
        assertThat(theirs.running()).isEqualTo(1);
        assertThat(theirs.sample().ends()).isEqualTo(1);
    }

    @Test
    default void queueWithoutWorkHasNoSample() {
        finish(2);

        assertThat(load().sample()).isEqualTo(QueueLoad.Sample.NONE);
    }

    private void finish(int jobs) {
        for (int i = 0; i < jobs; i++) {
            run(job("done-" + i), "t-" + i);
            settle(complete("done-" + i, "t-" + i));
            letPass(Duration.ofMillis(1));
        }
    }

    private QueueLoad load() {
        return answer(store().loads().loads(List.of(QUEUE), SomeClaim.HANDLERS)).get(0);
    }
}
