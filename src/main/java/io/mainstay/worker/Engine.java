package io.mainstay.worker;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.WorkerTroubles;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/** The worker pool put together, running from {@link #start()} to {@link #stop()}. Thread-safe. */
final class Engine {

    private final ExecutorService threads;
    private final Tally tally;
    private final Loop loop;
    private final Signal signal;
    private final Reports reports;
    private final Notes notes;
    private final Crew crew;
    private final LeaseKeeper leases;
    private final Cancellations cancellations;
    private final Claims claims;
    private final Poller poller;
    private final Drain drain;
    private final Dispatcher dispatcher;
    private final Hints hints;
    private final Pulse pulse;
    private final Revival revival;

    /** @param threads for blocking handlers; shut down at the end */
    Engine(Vertx vertx, WorkerSettings settings, Surroundings outside, ExecutorService threads) {
        this.threads = threads;
        Duration lease = settings.lease();
        // Confined to the loop like everything below.
        RandomGenerator random = new SplittableRandom();
        this.tally = new Tally(outside.watchers().observers());
        this.loop = new Loop(vertx, tally);
        this.signal = new Signal(loop);
        this.reports = new Reports(loop, outside.leases(), tally, signal, () -> new Pause(random), lease);
        this.notes = new Notes(loop, outside.leases(), lease);
        JobRunner runner = new JobRunner(
                loop, outside.handlers(), threads, outside.watchers().tracer(), notes);
        Verdict verdict = new Verdict(random, settings.outcomes());
        this.crew = new Crew(settings.concurrency(), runner, verdict, reports, tally, signal);
        this.leases = new LeaseKeeper(loop, outside.leases(), crew, tally, lease);
        this.cancellations = new Cancellations(loop, outside.leases(), crew, leases);
        Claimant claimant = Claimant.ofThisProcess(outside.ids(), lease);
        this.claims = new Claims(loop, outside.leases(), claimant, crew, leases, signal);
        Feeds feeds = new Feeds(settings.queues(), random);
        this.hints = new Hints(outside.wakeUps());
        this.poller = new Poller(loop, outside.jobs(), feeds, signal, settings.poll(), hints::live);
        this.drain = new Drain(loop, feeds, crew, reports, settings.grace());
        Deadlines deadlines = new Deadlines(loop, crew);
        this.dispatcher = new Dispatcher(feeds, claims, crew, reports, deadlines, drain);
        this.pulse = new Pulse(loop, crew);
        this.revival = new Revival(loop, signal, feeds, poller, leases, deadlines);
        signal.connect(() -> {
            notes.flush();
            dispatcher.look();
        });
    }

    void start() {
        listen();
        loop.run(() -> {
            poller.tick();
            leases.start();
            cancellations.restart();
        });
    }

    /** Replaces what may be stuck, losing no job; see {@link Revival}. */
    void recycle(String reason) {
        if (!draining()) {
            listen();
            revival.begin(reason);
            loop.run(cancellations::restart);
            loop.run(notes::restart);
        }
    }

    /**
     * Claims nothing more, lets running jobs finish for the grace period and gives the rest back. Idempotent.
     *
     * @return completes when that is done, within {@link #stopBound()}
     */
    CompletableFuture<Void> stop() {
        loop.run(() -> {
            drain.begin();
            signal.raise();
        });
        return drain.done().thenRun(this::close);
    }

    Duration stopBound() {
        return drain.bound();
    }

    boolean draining() {
        return drain.begun();
    }

    /** Free workers claim from whatever queue has work; with none, queues are not swept from here. */
    boolean claiming() {
        return !draining() && crew.busy() < crew.size() && !crew.overloaded();
    }

    int busy() {
        return crew.busy();
    }

    int overdue() {
        return crew.overdue();
    }

    int unsettled() {
        return reports.unsettled();
    }

    Optional<Duration> sinceLastGoodRound() {
        return claims.sinceLastGoodRound();
    }

    Duration turnOwed() {
        return pulse.turnOwed();
    }

    int stuck() {
        return pulse.stuck();
    }

    WorkerTroubles troubles() {
        return tally.troubles();
    }

    private void close() {
        poller.close();
        leases.close();
        cancellations.close();
        threads.shutdown();
        hints.close();
    }

    private void listen() {
        hints.open(new WakeUps.Listener() {
            @Override
            public void hint(QueueName queue) {
                loop.run(() -> {
                    if (dispatcher.hint(queue)) {
                        signal.raise();
                    }
                });
            }

            @Override
            public void cancelled(QueueName queue, List<JobId> jobs) {
                loop.run(() -> cancellations.hint(queue, jobs));
            }

            @Override
            public void missed() {
                loop.run(poller::tick);
            }
        });
    }
}
