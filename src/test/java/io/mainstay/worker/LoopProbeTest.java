package io.mainstay.worker;

import static org.awaitility.Awaitility.await;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobTracer;
import io.mainstay.queue.TestClock;
import io.mainstay.vertx.OwnLoops;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots whose time-outs nobody looks at: their workers are lost, and that shows. */
class LoopProbeTest {

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryJobStore store = new InMemoryJobStore(new TestClock());
    private final JobIds ids = new JobIds();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void attemptsThatOutliveTheirTimeOutAreSeen() {
        AsyncJobHandler endless = job -> Uni.createFrom().<Outcome>nothing();
        WorkerLoop loop = new WorkerLoop(vertx, new WorkerEvents(List.of()));
        HandlerRegistry handlers = new HandlerRegistry(Map.of(new HandlerName("endless"), endless));
        LeaseConfig lease = WorkersConfig.lease(Duration.ofSeconds(10));
        ProgressReporter progress = new ProgressReporter(loop, store, lease);
        ReportSender reports = new ReportSender(loop, store, progress, lease);
        OwnLoops loops = new OwnLoops(vertx, "handler-loop-", 2);
        WorkerConfig config = WorkersConfig.worker(4, Duration.ZERO);
        JobRunner runner = new JobRunner(loop, handlers, new HandlerThreads(config), loops, JobTracer.NONE, progress);
        SettlementFactory settlements = new SettlementFactory(WorkersConfig.jobs(1000, 10));
        WorkerSlots slots = new WorkerSlots(config, runner, settlements, reports, loop);
        LoopProbe probe = new LoopProbe(loop, slots, loops);
        long farAway = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

        loop.run(() -> {
            slots.start(job(Duration.ofMillis(1)), "t", farAway);
            slots.start(job(Duration.ofMillis(1)), "t", farAway);
            slots.start(job(Duration.ofHours(1)), "t", farAway);
        });

        await().until(() -> {
            probe.lag();
            return probe.stuck() == 2;
        });
    }

    private Job job(Duration timeout) {
        RetryPolicy once = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
        JobSpec spec = new JobSpec(new HandlerName("endless"), Json.NULL, 4, once, timeout);
        NewJob job = new NewJob(new QueueName("work"), ids.nextId(), spec, StartTime.NOW);
        return store.enqueue(job).await().indefinitely().job();
    }
}
