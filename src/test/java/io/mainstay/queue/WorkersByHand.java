package io.mainstay.queue;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Optional;

/** Four idle workers whose figures a test sets. */
public final class WorkersByHand implements WorkerStatus {

    public boolean enabled = true;
    public boolean draining;
    public int busy;
    public int overdue;
    public int stuck;
    public Duration turnOwed = Duration.ZERO;
    public WorkerTroubles troubles = WorkerTroubles.NONE;
    private Duration sinceLastGoodRound;

    public void lastGoodRound(Duration ago) {
        sinceLastGoodRound = ago;
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public boolean claimsFromAll() {
        return true;
    }

    @Override
    public boolean serves(QueueName queue) {
        return enabled;
    }

    @Override
    public boolean meantFor(QueueName queue) {
        return !queue.value().startsWith("others-");
    }

    @Override
    public Duration turnOwed() {
        return turnOwed;
    }

    @Override
    public int stuck() {
        return stuck;
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public int busy() {
        return busy;
    }

    @Override
    public int unsettled() {
        return 0;
    }

    @Override
    public int overdue() {
        return overdue;
    }

    @Override
    public Optional<Duration> sinceLastGoodRound() {
        return Optional.ofNullable(sinceLastGoodRound);
    }

    @Override
    public WorkerTroubles troubles() {
        return troubles;
    }
}
