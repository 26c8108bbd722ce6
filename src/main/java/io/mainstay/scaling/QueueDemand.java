package io.mainstay.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * How many workers a queue wants, all instances together.
 *
 * @param meanRun how long its jobs run on average; empty if too few ended lately to tell
 * @param workers need not be whole
 */
record QueueDemand(QueueLoad load, Optional<Duration> meanRun, double workers) {

    /** Of so many ends, or of as many as there are workers on it, the mean can be told. */
    private static final int ENOUGH_ENDS = 20;

    private static final double NANOS = 1e9;

    /**
     * What is to be done within the objective: a worker gets through (objective / run time) of the waiting jobs, through
     * one at least. The workers that are busy now are what the jobs that keep coming want, or less if the backlog
     * shrinks. Where run times are not known, as many again as there are.
     *
     * @param waitingPerSecond how fast the number of waiting jobs changes; 0 if that is not known
     * @param atLeast workers to begin with where nothing is known
     * @param objective how long a job may wait
     */
    static QueueDemand of(QueueLoad load, double waitingPerSecond, int atLeast, Duration objective) {
        Optional<Duration> meanRun = meanRun(load);
        double running = load.running();
        if (load.paused()) {
            return new QueueDemand(load, meanRun, running);
        }
        double waiting = load.waiting();
        double workers = meanRun.map(run -> {
                    double limit = objective.toNanos() / NANOS;
                    double seconds = Math.min(run.toNanos() / NANOS, limit);
                    double share = seconds / limit;
                    double coming = running + seconds * Math.min(0, waitingPerSecond);
                    return Math.max(coming, running * share) + waiting * share;
                })
                .orElseGet(() -> running + Math.min(waiting, Math.max(running, atLeast)));
        return new QueueDemand(load, meanRun, workers);
    }

    private static Optional<Duration> meanRun(QueueLoad load) {
        QueueLoad.Sample sample = load.sample();
        if (sample.ends() < Math.min(ENOUGH_ENDS, Math.max(1, load.running()))) {
            return Optional.empty();
        }
        // The ended ones are the short ones where long ones still run: what workers spent per end tells of both.
        Duration spent = sample.ran().compareTo(sample.busy()) > 0 ? sample.ran() : sample.busy();
        return Optional.of(spent.dividedBy(sample.ends()));
    }
}
