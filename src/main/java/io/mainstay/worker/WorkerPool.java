package io.mainstay.worker;

import io.mainstay.queue.Recyclable;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Runs jobs for as long as the application runs, unless that is switched off. Thread-safe. */
@Singleton
class WorkerPool implements Recyclable {

    private static final Logger LOG = Logger.getLogger(WorkerPool.class);
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final boolean enabled;
    private final Dispatcher dispatcher;
    private final WakeUpListener wakeUps;
    private final LoopTimers timers;
    private final DispatcherRestart restart;
    private final Drain drain;

    WorkerPool(
            WorkerConfig config,
            Dispatcher dispatcher,
            WakeUpListener wakeUps,
            LoopTimers timers,
            DispatcherRestart restart,
            Drain drain) {
        this.enabled = config.enabled();
        this.dispatcher = dispatcher;
        this.wakeUps = wakeUps;
        this.timers = timers;
        this.restart = restart;
        this.drain = drain;
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            start();
        }
    }

    /** Only with {@code quarkus.shutdown.delay}: requests are still served, but nothing new is begun here. */
    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        if (enabled) {
            stop();
        }
    }

    /** First of the observers: the others may take away what running jobs need. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (enabled) {
            stopAndWait();
        }
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    /** Replaces what may be stuck, losing no job; see {@link DispatcherRestart}. */
    @Override
    public void recycle(String reason) {
        if (enabled && !drain.begun()) {
            wakeUps.open();
            restart.begin(reason);
        }
    }

    void start() {
        dispatcher.start();
        wakeUps.open();
        timers.restart();
    }

    /**
     * Claims nothing more, lets running jobs finish for the grace period and gives the rest back. Idempotent.
     *
     * @return completes when that is done, within {@link Drain#bound()}
     */
    CompletableFuture<Void> stop() {
        drain.begin();
        return drain.done().thenRun(() -> {
            timers.close();
            wakeUps.close();
        });
    }

    private void stopAndWait() {
        try {
            stop().get(drain.bound().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the workers did not stop in time; their jobs run again when their leases end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
