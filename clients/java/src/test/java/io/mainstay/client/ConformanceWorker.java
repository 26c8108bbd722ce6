package io.mainstay.client;

import java.time.Duration;
import java.util.Locale;

/** The conformance worker of this SDK, see clients/conformance/README.md. */
final class ConformanceWorker {

    private final Mainstay client = Mainstay.fromEnvironment();

    public static void main(String[] arguments) {
        new ConformanceWorker().run();
    }

    private void run() {
        Worker worker = client.worker(System.getenv("MAINSTAY_QUEUE"))
                .name(System.getenv("MAINSTAY_WORKER"))
                .concurrency(Integer.parseInt(System.getenv("MAINSTAY_CONCURRENCY")))
                .lease(Duration.parse(System.getenv("MAINSTAY_LEASE")))
                .grace(Duration.ofSeconds(Long.parseLong(System.getenv("MAINSTAY_GRACE"))))
                .handler("echo", job -> Outcome.success(job.payload()))
                .handler("fail-then-succeed", ConformanceWorker::failThenSucceed)
                .handler(
                        "fail",
                        job -> Outcome.fail(
                                "no-stock", job.payload().get("message").asString()))
                .handler("snooze-once", ConformanceWorker::snoozeOnce)
                .handler("progress", ConformanceWorker::progress)
                .handler("sleep", ConformanceWorker::sleep)
                .handler("cancellable", this::cancellable)
                .handler(
                        "big-result",
                        job -> Outcome.success(JsonValue.of(
                                "x".repeat(job.payload().get("bytes").asInt()))))
                .build();
        // A JVM that SIGTERM ends has status 143; the suite wants 0.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.close();
            Runtime.getRuntime().halt(0);
        }));
        worker.run();
    }

    private static Outcome failThenSucceed(JobContext job) {
        return job.attempt() <= job.payload().get("failures").asInt()
                ? Outcome.retry("Flaky", "attempt " + job.attempt())
                : Outcome.success(JsonValue.object("attempt", job.attempt()));
    }

    private static Outcome snoozeOnce(JobContext job) {
        int snoozes = job.job().snoozes();
        return snoozes == 0 ? Outcome.snooze(ms(job)) : Outcome.success(JsonValue.object("snoozes", snoozes));
    }

    private static Outcome progress(JobContext job) throws InterruptedException {
        int steps = job.payload().get("steps").asInt();
        for (int step = 1; step <= steps; step++) {
            Thread.sleep(ms(job).toMillis());
            job.progress(100 * step / steps, "step %d of %d".formatted(step, steps));
            job.log("step " + step);
        }
        return Outcome.success(JsonValue.object("steps", steps));
    }

    private static Outcome sleep(JobContext job) throws InterruptedException {
        Thread.sleep(ms(job).toMillis());
        return Outcome.success(JsonValue.object("attempt", job.attempt()));
    }

    private Outcome cancellable(JobContext job) throws InterruptedException {
        try {
            Thread.sleep(ms(job).toMillis());
        } catch (InterruptedException e) {
            StopReason reason = job.stopReason().orElseThrow();
            if (reason != StopReason.SHUTDOWN) {
                JsonValue why = JsonValue.object(
                        "why", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
                String queue = job.payload().get("tell").asString();
                client.enqueue(queue, NewJob.of("echo").id("told-" + job.id()).payload(why));
            }
            throw e;
        }
        return Outcome.success();
    }

    private static Duration ms(JobContext job) {
        return Duration.ofMillis(job.payload().get("ms").asLong());
    }
}
