package io.mainstay.redis.store;

import io.mainstay.job.AttemptError;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobStatus;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.queue.Change;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.QueueFigures;
import io.mainstay.scaling.QueueLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers as text with everything in it that two stores with different clocks must agree on: no moments, no cursors. */
final class Sketch {

    private Sketch() {}

    static String of(Job job) {
        JobStatus status = job.status();
        return "%s %s #%d due:%s%s%s errors:%s result:%s p%d"
                .formatted(
                        job.id(),
                        job.state().wireName(),
                        status.attempt(),
                        status.times().runAt().isAfter(status.times().enqueuedAt()) ? "later" : "at once",
                        status.times().startedAt() == null ? "" : " started",
                        status.times().finishedAt() == null ? "" : " finished",
                        status.errors().stream().map(Sketch::of).toList(),
                        status.result(),
                        job.spec().priority());
    }

    static String ofNotes(Job job, List<LogLine> log) {
        Progress progress = job.status().progress();
        return " snoozes:%d progress:%s log:%s"
                .formatted(
                        job.status().notes().snoozes(),
                        progress == null ? "-" : progress.percent() + " " + progress.note(),
                        log.stream()
                                .map(line -> "line " + line.attempt() + " " + line.text())
                                .toList());
    }

    static String of(Explanation answer) {
        return "%s %s paused:%s running:%d ahead:%s leased:%s blockers:%s busiest:%s"
                .formatted(
                        answer.reason(),
                        of(answer.job()),
                        answer.paused(),
                        answer.running(),
                        answer.ahead(),
                        answer.lease().isPresent(),
                        answer.waiting().blockers().stream()
                                .map(blocker -> blocker.id() + " " + blocker.state())
                                .toList(),
                        answer.waiting().busiest());
    }

    static String of(Enqueued answer) {
        if (answer instanceof Enqueued.Refused refused) {
            return "Refused " + refused.reason().getMessage();
        }
        return answer instanceof Enqueued.Deleted deleted
                ? "Deleted " + deleted.state()
                : answer.getClass().getSimpleName() + " " + of(answer.job());
    }

    static String of(Change answer) {
        return answer instanceof Change.Applied applied ? "Applied " + of(applied.job()) : answer.toString();
    }

    static String of(Claimed answer) {
        String next = answer.nextDue()
                .map(wait -> wait.isZero() ? "overdue" : "later")
                .orElse("never");
        return "jobs:%s more:%s unwanted:%s next:%s returned:%d"
                .formatted(jobs(answer.jobs()), answer.more(), answer.unwanted(), next, answer.returned());
    }

    static String of(JobPage page) {
        return jobs(page.jobs()) + (page.next().isPresent() ? " and more" : " and no more");
    }

    static String of(QueueFigures figures) {
        Optional<Duration> due = figures.oldestDue();
        return "%s paused:%s due:%s %s limits:%s paused handlers:%s%s"
                .formatted(
                        figures.queue(),
                        figures.paused(),
                        due.isPresent(),
                        new TreeMap<>(figures.counts()),
                        figures.limits(),
                        new TreeSet<>(figures.pausedHandlers().stream()
                                .map(HandlerName::value)
                                .toList()),
                        figures.forgottenIds() > 0 ? " forgotten ids " + figures.forgottenIds() : "");
    }

    static String of(QueueLoad load) {
        return "waiting:%d running:%d".formatted(load.waiting(), load.running());
    }

    private static String jobs(List<Job> jobs) {
        return jobs.stream().map(Sketch::of).collect(Collectors.joining(" | ", "[", "]"));
    }

    private static String of(AttemptError error) {
        return error.attempt() + " " + error.type() + (error.startedAt() == null ? "" : " on " + error.worker());
    }
}
