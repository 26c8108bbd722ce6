package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.WorkerTroubles;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Runs the {@link Engine} for as long as the application does, and tells how it is doing. Thread-safe. */
@Singleton
class WorkerPool implements WorkerStatus, Recyclable {

    private static final Logger LOG = Logger.getLogger(WorkerPool.class);
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final WorkerSettings settings;
    private final Optional<Engine> engine;

    WorkerPool(Vertx vertx, WorkerConfig config, WorkerSettings settings, Surroundings outside) {
        this.settings = settings;
        this.engine = config.enabled()
                ? Optional.of(new Engine(vertx, settings, outside, HandlerThreads.create(config.virtualThreads())))
                : Optional.empty();
    }

    void start(@Observes StartupEvent event) {
        engine.ifPresent(Engine::start);
    }

    /** Only with {@code quarkus.shutdown.delay}: requests are still served, but nothing new is begun here. */
    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        engine.ifPresent(Engine::stop);
    }

    /** First of the observers: the others may take away what running jobs need. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        engine.ifPresent(WorkerPool::stopAndWait);
    }

    @Override
    public boolean enabled() {
        return engine.isPresent();
    }

    @Override
    public boolean draining() {
        return engine.map(Engine::draining).orElse(false);
    }

    @Override
    public boolean claimsFromAll() {
        return settings.queues().all() && engine.map(Engine::claiming).orElse(false);
    }

    @Override
    public boolean serves(QueueName queue) {
        return enabled() && configuredFor(queue);
    }

    @Override
    public boolean configuredFor(QueueName queue) {
        return settings.queues().serves(queue);
    }

    @Override
    public int concurrency() {
        return settings.concurrency();
    }

    @Override
    public int busy() {
        return engine.map(Engine::busy).orElse(0);
    }

    @Override
    public int unsettled() {
        return engine.map(Engine::unsettled).orElse(0);
    }

    @Override
    public int overdue() {
        return engine.map(Engine::overdue).orElse(0);
    }

    @Override
    public Duration loopLag() {
        return engine.map(Engine::loopLag).orElse(Duration.ZERO);
    }

    @Override
    public int stuck() {
        return engine.map(Engine::stuck).orElse(0);
    }

    @Override
    public Optional<Duration> sinceLastClaim() {
        return engine.flatMap(Engine::sinceLastClaim);
    }

    @Override
    public WorkerTroubles troubles() {
        return engine.map(Engine::troubles).orElse(WorkerTroubles.NONE);
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public void recycle(String reason) {
        engine.ifPresent(each -> each.recycle(reason));
    }

    private static void stopAndWait(Engine engine) {
        try {
            engine.stop().get(engine.stopBound().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the workers did not stop in time; their jobs run again when their leases end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
