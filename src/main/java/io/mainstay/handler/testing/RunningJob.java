package io.mainstay.handler.testing;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Handler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Progress;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A job that a handler runs on a thread of its own. Thread-safe. */
public final class RunningJob {

    /** How long an interrupted handler may take to end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final TestJob job;
    private final TestContext context;
    private final Thread thread;
    private volatile JobRun.End stopped;
    private volatile Cancellable subscription = () -> {};

    private RunningJob(TestJob job, Handler handler) {
        this.job = job;
        this.context = new TestContext(job);
        this.thread = new Thread(() -> call(handler), "test-job");
        thread.setDaemon(true);
    }

    static RunningJob start(TestJob job, Handler handler) {
        RunningJob running = new RunningJob(job, handler);
        running.thread.start();
        return running;
    }

    /** What the handler received. */
    public JobContext context() {
        return context;
    }

    /** The progress that the handler has reported so far. */
    public List<Progress> progress() {
        return context.progress();
    }

    /** What the handler wrote into the job's log so far. */
    public List<String> log() {
        return context.log();
    }

    /**
     * Stops it as the service does when the job is cancelled, its lease is lost or the instance ends: {@link JobContext#cancelled()}
     * is true, a {@link JobHandler} is interrupted, the {@code Uni} of an {@link AsyncJobHandler} is cancelled.
     */
    public void cancel() {
        stop(JobRun.End.CANCELLED);
    }

    /**
     * Waits until the handler has ended; stops it when its time-out has passed.
     *
     * @throws AssertionError if the handler continues for 10 s after it was stopped: in the service it would hold its thread
     */
    public JobRun await() {
        Duration left = job.timeout().minus(Duration.ofNanos(System.nanoTime() - context.startedAt()));
        if (stopped == null && !ends(left)) {
            stop(JobRun.End.TIMED_OUT);
        }
        if (stopped == null) {
            return run();
        }
        if (!ends(STOP_LIMIT)) {
            throw new AssertionError("the handler did not end within %s after it was stopped".formatted(STOP_LIMIT));
        }
        return new JobRun(job, stopped, null, null, context.progress(), context.log());
    }

    private JobRun run() {
        return ended.handle((outcome, thrown) -> new JobRun(
                        job,
                        thrown == null ? JobRun.End.RETURNED : JobRun.End.THREW,
                        outcome,
                        thrown,
                        context.progress(),
                        context.log()))
                .join();
    }

    private boolean ends(Duration limit) {
        try {
            ended.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException thrown) {
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a job was awaited", e);
        }
    }

    private synchronized void stop(JobRun.End why) {
        if (stopped == null && !ended.isDone()) {
            stopped = why;
            context.cancel();
            thread.interrupt();
            subscription.cancel();
        }
    }

    private void call(Handler handler) {
        try {
            if (handler instanceof AsyncJobHandler async) {
                subscribe(async);
            } else if (handler instanceof JobHandler blocking) {
                ended.complete(blocking.run(context));
            }
        } catch (Throwable thrown) {
            ended.completeExceptionally(thrown);
        }
    }

    private void subscribe(AsyncJobHandler handler) {
        Cancellable cancellable =
                handler.start(context).subscribe().with(ended::complete, ended::completeExceptionally);
        subscription = () -> {
            cancellable.cancel();
            ended.completeExceptionally(new CancellationException("stopped"));
        };
        if (stopped != null) {
            subscription.cancel();
        }
    }
}
