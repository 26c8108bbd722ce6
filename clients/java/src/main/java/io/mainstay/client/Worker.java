package io.mainstay.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs jobs of some queues in this process. It requests as many as it has free slots, extends their leases, and reports how they ended.
 *
 * <pre>{@code
 * Mainstay.at("http://localhost:8080").worker("images")
 *         .handler("resize", job -> Outcome.success(resize(job.payload())))
 *         .concurrency(16)
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>While the service is away it keeps retrying; running jobs continue until their leases end, and their outcomes are reported
 * if the service is back before that. Thread-safe.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration NOTES = Duration.ofMillis(500);
    /** How long the last reports may take. */
    private static final Duration LAST_REPORTS = Duration.ofSeconds(5);

    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

    private final AtomicInteger jobThreads = new AtomicInteger();
    private final WorkerSettings settings;
    private final LeaseCalls calls;
    private final Desk desk;
    private final RunningJobs running;
    private final NoteSender notes;
    private final LeaseKeeper keeper;
    private final List<Claimer> claimers = new ArrayList<>();
    private final List<Thread> claimerThreads = new ArrayList<>();
    private final Thread reporterThread;
    private final Thread keeperThread;
    private final Thread notesThread;
    private final ExecutorService handlers;

    /** Handlers that have not returned. */
    private int active;

    /** Until claims that were on their way have been answered: what they bring runs as what runs already. */
    private volatile boolean takesJobs = true;

    private boolean started;
    private boolean closing;
    private boolean closed;
    private MainstayException failure;

    Worker(Http http, WorkerSettings settings) {
        this.settings = settings;
        calls = new LeaseCalls(http, settings);
        desk = new Desk(settings.concurrency(), settings.connections());
        running = new RunningJobs(settings.lease());
        notes = new NoteSender(calls, running);
        keeper = new LeaseKeeper(http, running, settings, desk);
        Reporter reporter = new Reporter(desk, calls, notes, running);
        for (int i = 1; i <= settings.connections(); i++) {
            Claimer claimer = new Claimer(desk, calls, reporter, this::start, settings, this::fail);
            claimers.add(claimer);
            claimerThreads.add(thread("claims-" + i, claimer));
        }
        reporterThread = thread("reports", reporter);
        keeperThread = thread("leases", keeper);
        notesThread = thread("notes", this::sendNotes);
        handlers = Executors.newCachedThreadPool(task -> thread("job-" + jobThreads.incrementAndGet(), task));
    }

    /** Starts to run jobs, on threads of its own. */
    public synchronized Worker start() {
        if (started || closing) {
            throw new IllegalStateException("a worker is started once");
        }
        started = true;
        LOG.log(
                Logger.Level.INFO,
                "worker {0} serves {1} of {2}",
                settings.name(),
                settings.handlers().keySet(),
                settings.queues());
        keeperThread.start();
        reporterThread.start();
        notesThread.start();
        claimerThreads.forEach(Thread::start);
        return this;
    }

    /**
     * Runs jobs until the process is asked to end (SIGTERM, Ctrl-C) or the worker is closed; then ends as {@link #close} does.
     *
     * @throws ProblemException if the service refuses the worker permanently
     */
    public void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "mainstay-close"));
        start();
        awaitClosed();
        if (failure != null) {
            throw failure;
        }
    }

    /** The name of its process, as {@code GET /v1/workers} lists it. */
    public String name() {
        return settings.name();
    }

    /**
     * Takes no more jobs, lets running ones end within the grace period, interrupts and returns the others, and sends the last
     * reports. Safe to call again: it waits for the end.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closing || !started) {
                closing = true;
                closed = closed || !started;
                awaitClosed();
                return;
            }
            closing = true;
        }
        desk.close();
        claimers.forEach(Claimer::endWait);
        claimerThreads.forEach(thread -> join(thread, LAST_ANSWER));
        takesJobs = false;
        awaitIdle();
        running.all().forEach(this::release);
        desk.closeReports();
        join(reporterThread, LAST_REPORTS);
        keeper.stop();
        notesThread.interrupt();
        handlers.shutdownNow();
        leave();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private void leave() {
        try {
            calls.leave();
        } catch (IOException | UnavailableException e) {
            // Then it is listed until nothing was heard of it for a while.
            LOG.log(Logger.Level.DEBUG, "the service was not told of the end: {0}", e.getMessage());
        }
    }

    /** Whether it runs no more jobs. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private boolean start(JsonValue json, long receivedAt) {
        JobHandler handler = settings.handlers().get(json.get("handler").asString());
        Attempt attempt = new Attempt(json, handler, this::ended, receivedAt);
        if (!running.add(attempt)) {
            return false;
        }
        if (!takesJobs) {
            release(attempt);
            return true;
        }
        synchronized (this) {
            active++;
        }
        handlers.execute(attempt);
        return true;
    }

    private void ended(Attempt attempt, Outcome outcome) {
        if (attempt.mayReport()) {
            if (attempt.cancelled()) {
                running.remove(attempt);
                desk.give(1);
            } else {
                desk.add(Report.of(attempt, outcome));
            }
        }
        synchronized (this) {
            active--;
            notifyAll();
        }
    }

    /** Gives it back, whatever its handler says yet. */
    private void release(Attempt attempt) {
        if (attempt.mayReport()) {
            attempt.stop(StopReason.SHUTDOWN);
            desk.add(Report.of(attempt, Outcome.release()));
        }
    }

    private void fail(MainstayException problem) {
        LOG.log(Logger.Level.ERROR, "worker {0} is refused and ends: {1}", settings.name(), problem.getMessage());
        synchronized (this) {
            failure = failure == null ? problem : failure;
        }
        Thread closer = thread("close", this::close);
        closer.start();
    }

    private void sendNotes() {
        try {
            while (true) {
                Thread.sleep(NOTES.toMillis());
                try {
                    notes.send(running.all());
                } catch (IOException | UnavailableException e) {
                    LOG.log(Logger.Level.DEBUG, "progress has to wait: {0}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitIdle() {
        long end = System.nanoTime() + settings.grace().toNanos();
        try {
            for (long left = end - System.nanoTime(); active > 0 && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitClosed() {
        try {
            while (!closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread, Duration limit) {
        try {
            thread.join(limit.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable code) {
        Thread thread = new Thread(code, "mainstay-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
