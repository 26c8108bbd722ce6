package io.mainstay.worker;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.WorkerTroubles;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** The worker pool put together, running from {@link #start()} to {@link #stop()}. Thread-safe. */
final class Engine {

    private final ExecutorService threads;
    private final WorkerEvents events;
    private final WorkerLoop loop;
    private final ReportSender reports;
    private final ProgressReporter progress;
    private final WorkerSlots slots;
    private final LeaseExtender leases;
    private final Cancellations cancellations;
    private final ClaimSender claims;
    private final Poller poller;
    private final Drain drain;
    private final Dispatcher dispatcher;
    private final WakeUpListener wakeUpListener;
    private final LoopProbe probe;
    private final DispatcherRestart restart;

    /** @param threads for blocking handlers; shut down at the end */
    Engine(Vertx vertx, WorkerSettings settings, Surroundings outside, ExecutorService threads) {
        this.threads = threads;
        Duration lease = settings.lease();
        this.events = new WorkerEvents(outside.watchers().observers());
        this.loop = new WorkerLoop(vertx, events);
        this.progress = new ProgressReporter(loop, outside.leases(), lease);
        this.reports = new ReportSender(loop, outside.leases(), progress, lease);
        JobRunner runner = new JobRunner(
                loop, outside.handlers(), threads, outside.watchers().tracer(), progress);
        SettlementFactory settlements = new SettlementFactory(settings.outcomes());
        this.slots = new WorkerSlots(settings.concurrency(), runner, settlements, reports, loop);
        this.leases = new LeaseExtender(loop, outside.leases(), slots, lease);
        this.cancellations = new Cancellations(loop, outside.leases(), slots, leases);
        WorkerIdentity identity = WorkerIdentity.ofThisProcess(outside.ids(), lease);
        this.claims = new ClaimSender(loop, outside.leases(), identity, slots, leases);
        ServedQueues servedQueues = new ServedQueues(settings.queues());
        this.wakeUpListener = new WakeUpListener(outside.wakeUps());
        this.poller = new Poller(loop, outside.jobs(), servedQueues, settings.poll(), wakeUpListener::live);
        this.drain = new Drain(loop, servedQueues, slots, reports, settings.grace());
        TimeoutChecker timeouts = new TimeoutChecker(loop, slots);
        this.dispatcher = new Dispatcher(servedQueues, claims, slots, reports, timeouts, drain);
        this.probe = new LoopProbe(loop, slots);
        this.restart = new DispatcherRestart(loop, servedQueues, poller, leases, timeouts);
        loop.onDispatch(dispatcher::dispatch);
    }

    void start() {
        listen();
        loop.run(() -> {
            poller.tick();
            leases.start();
            cancellations.restart();
        });
    }

    /** Replaces what may be stuck, losing no job; see {@link DispatcherRestart}. */
    void recycle(String reason) {
        if (!draining()) {
            listen();
            restart.begin(reason);
            loop.run(cancellations::restart);
            loop.run(progress::restart);
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
            loop.dispatchSoon();
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
        return !draining() && slots.busy() < slots.size() && !slots.overloaded();
    }

    int busy() {
        return slots.busy();
    }

    int overdue() {
        return slots.overdue();
    }

    int unsettled() {
        return reports.unsettled();
    }

    Optional<Duration> sinceLastClaim() {
        return claims.sinceLastClaim();
    }

    Duration loopLag() {
        return probe.lag();
    }

    int stuck() {
        return probe.stuck();
    }

    WorkerTroubles troubles() {
        return events.troubles();
    }

    private void close() {
        poller.close();
        leases.close();
        cancellations.close();
        threads.shutdown();
        wakeUpListener.close();
    }

    private void listen() {
        wakeUpListener.open(new WakeUps.Listener() {
            @Override
            public void hint(QueueName queue) {
                loop.run(() -> {
                    if (dispatcher.hint(queue)) {
                        loop.dispatchSoon();
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
