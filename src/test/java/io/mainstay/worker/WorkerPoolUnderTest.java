package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DuePoller;
import io.mainstay.due.DueStore;
import io.mainstay.due.PollConfig;
import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Handler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Backoff;
import io.mainstay.job.Deadline;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.DrainsByHand;
import io.mainstay.queue.History;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobTracer;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.WakeUpsByHand;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.attempt.StartedAttempt;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.route.TargetLimits;
import io.mainstay.queue.route.TargetRoom;
import io.mainstay.vertx.OwnLoops;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The worker pool on the in-memory store, wired by hand. Polls once a minute unless told otherwise. */
final class WorkerPoolUnderTest implements AutoCloseable {

    static final QueueName QUEUE = new QueueName("work");
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_SNOOZES = 2;

    final TestClock clock;
    final InMemoryJobStore store;
    DueStore due;
    final GatedStore gate;
    final List<StartedAttempt> refused = new CopyOnWriteArrayList<>();
    final WakeUpsByHand wakeUps = new WakeUpsByHand();
    PollConfig poll = WorkersConfig.poll(Duration.ofMinutes(1), Duration.ofMinutes(1));
    QueueWeights queues = QueueWeights.ALL;
    Duration lease = Duration.ofSeconds(10);
    Duration grace = Duration.ofSeconds(10);
    JobTracer tracer = JobTracer.NONE;
    final DrainsByHand drains = new DrainsByHand();
    TargetLimits targets = () -> TargetRoom.UNLIMITED;
    HeldHandlers held = HeldHandlers.NONE;
    long maxResult = 1000;
    WorkerPool workers;
    WorkerStatus status;

    private HandlerThreads threads;
    private DuePoller poller;
    private OwnLoops loops;
    private final Vertx vertx = Vertx.vertx();
    /** Attempts of the handler {@code slow}, which end when a test says so, or at the close. */
    final List<UniEmitter<? super Outcome>> begun = new CopyOnWriteArrayList<>();

    private final Map<HandlerName, Handler> handlers = new HashMap<>();
    private final JobIds ids = new JobIds();

    WorkerPoolUnderTest() {
        this(new TestClock());
    }

    private WorkerPoolUnderTest(TestClock clock) {
        this(clock, new InMemoryJobStore(clock));
    }

    /** Of another instance on the same store. */
    WorkerPoolUnderTest(WorkerPoolUnderTest other) {
        this(other.clock, other.store);
    }

    private WorkerPoolUnderTest(TestClock clock, InMemoryJobStore store) {
        this.clock = clock;
        this.store = store;
        due = store;
        gate = new GatedStore(store);
        AsyncJobHandler noop = job -> Uni.createFrom().item(Outcome.success());
        AsyncJobHandler slow = job -> Uni.createFrom().emitter(begun::add);
        handle("noop", noop);
        handle("slow", slow);
    }

    WorkerPoolUnderTest handle(String name, Handler handler) {
        handlers.put(new HandlerName(name), handler);
        return this;
    }

    WorkerPoolUnderTest start(int concurrency) {
        JobObserver observer = new JobObserver() {
            @Override
            public void refused(StartedAttempt attempt) {
                refused.add(attempt);
            }
        };
        WorkerConfig config = WorkersConfig.worker(concurrency, grace);
        LeaseConfig leases = WorkersConfig.lease(lease);
        WorkerEvents events = new WorkerEvents(List.of(observer));
        WorkerLoop loop = new WorkerLoop(vertx, events);
        ProgressReporter progress = new ProgressReporter(loop, gate, leases);
        ReportSender reports = new ReportSender(loop, gate, progress, leases);
        threads = new HandlerThreads(config);
        loops = new OwnLoops(vertx, "handler-loop-", 2);
        JobRunner runner = new JobRunner(loop, new HandlerRegistry(handlers), threads, loops, tracer, progress);
        SettlementFactory settlements = new SettlementFactory(WorkersConfig.jobs(maxResult, MAX_SNOOZES));
        WorkerSlots slots = new WorkerSlots(config, runner, settlements, reports, loop);
        LeaseExtender extender = new LeaseExtender(loop, gate, slots, leases);
        Cancellations cancellations = new Cancellations(loop, gate, slots, extender);
        ServedQueues served = new ServedQueues(queues, drains);
        HandlerRegistry registry = new HandlerRegistry(handlers);
        WorkerIdentity identity = new WorkerIdentity(ids, leases, registry, targets, held);
        ClaimSender claims = new ClaimSender(loop, gate, identity, slots, extender, served);
        WakeUpSubscription subscription = new WakeUpSubscription(wakeUps);
        DueClaims dueClaims = new DueClaims(loop, served, claims, config);
        poller =
                new DuePoller(vertx, due, List.of(dueClaims), poll, bucket -> subscription.live(), new OwnQueue(QUEUE));
        TimeoutChecker timeouts = new TimeoutChecker(loop, slots);
        LoopTimers timers = new LoopTimers(loop, timeouts, extender, cancellations, progress);
        Drain drain = new Drain(loop, served, slots, reports, config);
        workers = new WorkerPool(
                config,
                new Dispatcher(loop, claims, slots, reports, timeouts, drain),
                new WakeUpListener(subscription, loop, served, cancellations, poller, identity),
                timers,
                new DispatcherRestart(loop, served, timers),
                drain);
        status = new PoolStatus(config, queues, slots, claims, new LoopProbe(loop, slots, loops), events);
        workers.start();
        poller.poll();
        return this;
    }

    JobId add(String handler) {
        return add(QUEUE, handler, 1, Duration.ofMinutes(1));
    }

    /** Enqueues without telling the workers. */
    JobId add(QueueName queue, String handler, int attempts, Duration timeout) {
        return add(queue, handler, attempts, timeout, JobOptions.NONE);
    }

    JobId addWithin(Duration within, String handler, int attempts) {
        JobOptions options = new JobOptions(null, null, null, null, new Deadline.Within(within));
        return add(QUEUE, handler, attempts, Duration.ofMinutes(1), options);
    }

    JobId addGoingTo(String target, String handler) {
        return addGoingTo(target, handler, Duration.ofMinutes(1));
    }

    JobId addGoingTo(String target, String handler, Duration timeout) {
        JobOptions options = new JobOptions(null, null, null, null, null, target);
        return add(QUEUE, handler, 1, timeout, options);
    }

    private JobId add(QueueName queue, String handler, int attempts, Duration timeout, JobOptions options) {
        RetryPolicy retry = new RetryPolicy(attempts, new Backoff.Fixed(Duration.ofSeconds(1)));
        JobSpec spec = new JobSpec(new HandlerName(handler), Json.NULL, 4, retry, timeout, options);
        JobId id = ids.nextId();
        store.enqueue(new NewJob(queue, id, spec, StartTime.NOW)).await().indefinitely();
        return id;
    }

    void wake(QueueName queue) {
        wakeUps.hint(queue);
    }

    JobId addAndWake(String handler) {
        JobId id = add(handler);
        wake(QUEUE);
        return id;
    }

    /** Of its latest failure that has one. */
    Optional<String> stackOf(JobId id) {
        return store.history(QUEUE, id)
                .await()
                .indefinitely()
                .orElseThrow()
                .stack()
                .map(History.Stack::text);
    }

    Job job(JobId id) {
        return job(QUEUE, id);
    }

    Job job(QueueName place, JobId id) {
        return store.find(place, id).await().indefinitely().orElseThrow();
    }

    void awaitState(JobId id, JobState state) {
        await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertState(id, state));
    }

    void assertState(JobId id, JobState state) {
        assertThat(job(id).state()).isEqualTo(state);
    }

    /** Far longer than anything here takes, for a machine that stands still now and then. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        begun.forEach(emitter -> emitter.complete(Outcome.success()));
        if (workers != null) {
            poller.close();
            workers.stop().join();
            threads.close();
            loops.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
