package io.mainstay.handler.testing;

import io.mainstay.handler.JobContext;
import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** What the handler sees of a test job; keeps all it says. Thread-safe. */
final class TestContext implements JobContext {

    /** What the service makes blanks of. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final long startedAt = System.nanoTime();
    private final TestJob job;
    private volatile boolean cancelled;

    TestContext(TestJob job) {
        this.job = job;
    }

    long startedAt() {
        return startedAt;
    }

    void cancel() {
        cancelled = true;
    }

    List<Progress> progress() {
        return List.copyOf(progress);
    }

    List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public QueueName queue() {
        return job.queue();
    }

    @Override
    public Json payload() {
        return job.payload();
    }

    @Override
    public JobStatus.Starts starts() {
        return job.starts();
    }

    @Override
    public int maxAttempts() {
        return job.maxAttempts();
    }

    @Override
    public Duration timeLeft() {
        Duration left = job.timeout().minusNanos(System.nanoTime() - startedAt);
        return cancelled || left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(int percent, String note) {
        progress.add(new Progress(percent, onOneLine(note, Progress.MAX_NOTE), Instant.now()));
    }

    @Override
    public void log(String line) {
        log.add(onOneLine(line, LogLine.MAX_TEXT));
    }

    private static String onOneLine(String text, int most) {
        String printable =
                UNPRINTABLE.matcher(Objects.requireNonNull(text, "text")).replaceAll(" ");
        return printable.length() <= most ? printable : printable.substring(0, most - 1) + "…";
    }
}
