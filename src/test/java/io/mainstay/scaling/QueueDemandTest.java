package io.mainstay.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueDemandTest {

    private static final Duration OBJECTIVE = Duration.ofSeconds(10);
    private static final int CONCURRENCY = 8;

    @ParameterizedTest(name = "{0} wait, {1} run, {2} s each, change {3}/s: {4}")
    @CsvSource({
        // Nothing to do, nothing wanted.
        "0, 0, 0.5, 0, 0",
        // What keeps coming keeps its workers.
        "0, 30, 0.5, 0, 30",
        // A worker gets through 20 of them within the objective.
        "200, 30, 0.5, 0, 40",
        // One each where they run longer than they may wait.
        "200, 30, 60, 0, 230",
        // The backlog shrinks by 20 a second: 10 of the workers are only here for it.
        "200, 30, 0.5, -20, 30",
        // Shrinking ever so fast, the running ones still are to be got through.
        "200, 30, 0.5, -1000, 11.5",
        // Growing shows in what waits, soon enough.
        "200, 30, 0.5, 50, 40",
    })
    void waitingJobsWantWorkersByTheirRunTime(
            long waiting, long running, double seconds, double change, double expected) {
        QueueLoad load = load(false, waiting, running, ended(50, seconds));

        assertThat(QueueDemand.of(load, change, CONCURRENCY, OBJECTIVE).workers())
                .isEqualTo(expected);
    }

    @Test
    void withoutKnownRunTimesTheWorkersAreDoubledUntilAllWaitingJobsHaveOne() {
        assertThat(workers(load(false, 1000, 0, QueueLoad.Sample.NONE))).isEqualTo(CONCURRENCY);
        assertThat(workers(load(false, 1000, 8, QueueLoad.Sample.NONE))).isEqualTo(16);
        assertThat(workers(load(false, 1000, 16, QueueLoad.Sample.NONE))).isEqualTo(32);
        assertThat(workers(load(false, 3, 16, QueueLoad.Sample.NONE))).isEqualTo(19);
    }

    @Test
    void aFewShortJobsDoNotSpeakForManyLongOnes() {
        QueueLoad load = load(false, 100, 40, ended(5, 0.01));

        assertThat(QueueDemand.of(load, 0, CONCURRENCY, OBJECTIVE).meanRun()).isEmpty();
    }

    @Test
    void timeSpentOnJobsThatStillRunCountsInTheMean() {
        QueueLoad.Sample sample = new QueueLoad.Sample(20, Duration.ofSeconds(2), Duration.ofSeconds(60));

        assertThat(QueueDemand.of(load(false, 1, 1, sample), 0, CONCURRENCY, OBJECTIVE)
                        .meanRun())
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void pausedQueueWantsNoWorkersForWhatWaits() {
        assertThat(workers(load(true, 1000, 3, ended(50, 0.5)))).isEqualTo(3);
    }

    @Test
    void instancesAreEnoughForAllWorkersAndNoneWithoutWork() {
        QueueDemand some = QueueDemand.of(load(false, 0, 9, ended(50, 1)), 0, CONCURRENCY, OBJECTIVE);
        QueueDemand others = QueueDemand.of(load(false, 2, 7, ended(50, 1)), 0, CONCURRENCY, OBJECTIVE);

        assertThat(new Demand(OBJECTIVE, CONCURRENCY, 0, List.of(some, others)).workers())
                .isEqualTo(17);
        assertThat(new Demand(OBJECTIVE, CONCURRENCY, 0, List.of(some, others)).replicas())
                .isEqualTo(3);
        assertThat(new Demand(OBJECTIVE, CONCURRENCY, 2, List.of()).replicas()).isZero();
        assertThat(new Demand(OBJECTIVE, CONCURRENCY, 2, List.of(some, others)).replicas())
                .as("the drained ones are there as well")
                .isEqualTo(new Demand(OBJECTIVE, CONCURRENCY, 0, List.of(some, others)).replicas() + 2);
    }

    private static double workers(QueueLoad load) {
        return QueueDemand.of(load, 0, CONCURRENCY, OBJECTIVE).workers();
    }

    private static QueueLoad.Sample ended(int count, double seconds) {
        Duration ran = Duration.ofMillis(Math.round(seconds * 1000 * count));
        return new QueueLoad.Sample(count, ran, ran);
    }

    private static QueueLoad load(boolean paused, long waiting, long running, QueueLoad.Sample sample) {
        return new QueueLoad(new QueueName("q"), paused, waiting, running, 0, sample);
    }
}
