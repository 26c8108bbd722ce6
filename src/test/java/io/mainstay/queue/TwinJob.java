package io.mainstay.queue;

import io.mainstay.job.AttemptError;
import io.mainstay.job.FlowMember;
import io.mainstay.job.HandlerNotes;
import io.mainstay.job.Job;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.Progress;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.job.Timeline;
import io.mainstay.job.Transitions;
import io.mainstay.job.Transitions.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One job of the in-memory store. Its state changes through {@link #move} only, so by the table only. */
final class TwinJob {

    private static final int ERRORS_KEPT = 10;

    NewJob asked;
    final Instant enqueuedAt;
    Instant runAt;
    /** What it was put off for, if it was not given a time; it waits no longer than that from now. */
    Duration wait;

    Instant startedAt;
    Instant finishedAt;
    int attempt;
    /** Never reset. */
    long claims;
    /** How often it was requeued or snoozed after a claim; never reset. */
    int reruns;
    /** Of these claims, the one whose worker is known to have the job. */
    long received;
    /** How often an attempt was given back as its worker was not known to have the job. */
    int returned;

    /** The claim under which somebody else reports on it; 0 for none. And how long it waits if nobody does; null if it must not. */
    long pendingOf;

    Duration pendingWait;

    Json result;
    History.Stack stack;
    Progress progress;
    int snoozes;
    /** Place among the ready jobs of its priority; a released or rescued job keeps it. */
    long arrival;
    /** Of the latest claim; kept after settlement so that a repeated report is known, gone with rescue, cancel and requeue. */
    String token;

    Instant leaseUntil;
    /** What was applied under {@link #token}; null while the job runs. */
    String settledBy;
    /** The latest request that ran the job again. */
    String requeuedBy;
    /** The latest request that gave it another priority or time. */
    String rescheduledBy;

    /** Of a mirrored queue: how often it ended or was requeued, and more if it started by a takeover. */
    long version;

    /** Hears of each move, if somebody wants to. */
    BiConsumer<TwinJob, JobEvent> observer = (job, event) -> {};

    /** How often it ended or was requeued, if it is in a flow. */
    int turn;
    /** Since when its flow is owed news of it, or null. */
    Instant owedSince;
    /** Is told when it dies. */
    Consumer<TwinJob> deaths = job -> {};

    /** The token that wrote the log last, and its last line's number. */
    private String writer;

    private long written;
    private final List<LogLine> log = new ArrayList<>();
    private final List<AttemptError> errors = new ArrayList<>();
    private JobState state;

    /** A job that is {@link JobState#SCHEDULED}, or at once {@link JobState#READY} if it is due. */
    TwinJob(NewJob asked, Instant now) {
        this.asked = asked;
        this.enqueuedAt = now;
        Instant wanted = wantedStart(asked.start(), now);
        boolean due = !wanted.isAfter(now);
        this.runAt = due ? now : wanted;
        this.wait = waitOf(asked.start());
        this.state = due ? JobState.READY : JobState.SCHEDULED;
    }

    /** A job of a flow that is not to run yet, or not at all. */
    TwinJob(NewJob asked, Instant now, JobState state) {
        this.asked = asked;
        this.enqueuedAt = now;
        this.runAt = now;
        this.state = state;
    }

    /** Where its work goes, or null. */
    String target() {
        return asked.spec().options().target();
    }

    /** By what it lies in lines. */
    String route() {
        return asked.spec().handler() + (target() == null ? "" : ">" + target());
    }

    boolean isOrdered() {
        JobGroup group = asked.spec().options().group();
        return group != null && group.ordered();
    }

    JobState state() {
        return state;
    }

    /** Lower ones first in a line; those that keep the order of their group are a tier of their own. */
    int tier() {
        return isOrdered() ? 1 : -asked.spec().priority();
    }

    boolean hasAged(Duration aging, Instant now) {
        // From the future: the clock has stepped back since.
        return !runAt.plus(aging).isAfter(now) || runAt.isAfter(now);
    }

    /** Whether it was to be started before now. */
    boolean isExpired(Instant now) {
        Duration expiresIn = asked.spec().options().expiresIn();
        return expiresIn != null && attempt == 0 && !runAt.plus(expiresIn).isAfter(now);
    }

    /** Whether it must not be started any more. */
    boolean isTooLate(Instant now) {
        return isExpired(now)
                || view().deadline().filter(deadline -> !deadline.isAfter(now)).isPresent();
    }

    long payloadBytes() {
        return asked.spec().payload().bytes();
    }

    boolean isAllowed(JobEvent event) {
        return Transitions.after(state, event).isPresent();
    }

    void move(JobEvent event) {
        state = Transitions.after(state, event)
                .orElseThrow(() -> new IllegalStateException("%s: no %s".formatted(view(), event)));
        if (state == JobState.DEAD) {
            deaths.accept(this);
        }
        observer.accept(this, event);
    }

    /** What another store says that it is. */
    void become(JobState other) {
        state = other;
    }

    /** The same in another store, where nobody holds a lease of it. */
    TwinJob copyFor(QueueName queue) {
        NewJob there = new NewJob(queue, asked.id(), asked.spec(), asked.start(), asked.durability(), asked.idChosen());
        TwinJob copy = new TwinJob(there, enqueuedAt, state);
        copy.runAt = runAt;
        copy.wait = wait;
        copy.startedAt = startedAt;
        copy.finishedAt = finishedAt;
        copy.attempt = attempt;
        copy.claims = claims;
        copy.reruns = reruns;
        copy.result = result;
        copy.progress = progress;
        copy.snoozes = snoozes;
        copy.requeuedBy = requeuedBy;
        copy.rescheduledBy = rescheduledBy;
        copy.version = version;
        copy.log.addAll(log);
        copy.errors.addAll(errors);
        return copy;
    }

    boolean isHeldUnder(String leaseToken) {
        return state == JobState.RUNNING && leaseToken.equals(token);
    }

    boolean hasAttemptsLeft() {
        return attempt < asked.spec().retry().maxAttempts();
    }

    /** From now on no report under the old token is known any more. */
    void forgetLease() {
        token = null;
        settledBy = null;
    }

    /** Of what was no attempt. */
    void addError(Instant at, String type, String message) {
        add(new AttemptError(attempt, at, type, message, null, null));
    }

    /** Of the attempt that the token is of. */
    void addAttemptError(Instant at, String type, String message) {
        String worker = Lease.holder(token).orElse(null);
        add(new AttemptError(attempt, at, type, message, startedAt, worker));
    }

    private void add(AttemptError error) {
        errors.add(error);
        if (errors.size() > ERRORS_KEPT) {
            errors.remove(0);
        }
    }

    /** Lets a blocked job go on. */
    void unblock(StartTime start, Instant now) {
        Instant wanted = wantedStart(start, now);
        boolean due = !wanted.isAfter(now);
        runAt = due ? now : wanted;
        wait = waitOf(start);
        move(due ? JobEvent.UNBLOCK : JobEvent.POSTPONE);
    }

    void note(JobNote note, Instant now) {
        note.progress().ifPresent(said -> progress = new Progress(said.percent(), said.note(), now));
        if (note.lines().isEmpty()) {
            return;
        }
        if (!note.lease().token().equals(writer)) {
            writer = note.lease().token();
            written = 0;
        }
        for (int i = 0; i < note.lines().size(); i++) {
            if (note.firstLine() + i > written) {
                JobNote.Line line = note.lines().get(i);
                written = note.firstLine() + i;
                log.add(new LogLine(now.minusMillis(line.age().toMillis()), note.attempt(), line.text()));
            }
        }
        while (log.size() > LogLine.KEPT) {
            log.remove(0);
        }
    }

    /** Of the latest failure. */
    String errorType() {
        return errors.get(errors.size() - 1).type();
    }

    List<LogLine> log() {
        return List.copyOf(log);
    }

    /** If it is in a flow, that is owed news of it. */
    void oweFlow(Instant now) {
        if (FlowMember.isReserved(asked.id())) {
            turn++;
            owedSince = now;
        }
    }

    Job view() {
        var times = new Timeline(enqueuedAt, runAt, startedAt, finishedAt);
        var status = new JobStatus(
                state,
                new JobStatus.Starts(attempt, claims, reruns),
                times,
                result,
                new HandlerNotes(progress, snoozes),
                errors);
        return new Job(asked.queue(), asked.id(), asked.spec(), status);
    }

    /** As a list shows it. */
    Job view(Set<JobPart> parts) {
        Job whole = view();
        JobSpec spec = parts.contains(JobPart.PAYLOAD)
                ? whole.spec()
                : whole.spec().withPayload(Json.leftOut(whole.spec().payload().bytes()));
        JobStatus status = parts.contains(JobPart.RESULT) || result == null
                ? whole.status()
                : whole.status().withResult(Json.leftOut(result.bytes()));
        return new Job(whole.queue(), whole.id(), spec, status);
    }

    /** What it takes of a page, but for its errors, of which tests have small ones. */
    long bytes(Set<JobPart> parts) {
        return (parts.contains(JobPart.PAYLOAD) ? asked.spec().payload().bytes() : 0)
                + (parts.contains(JobPart.RESULT) && result != null ? result.bytes() : 0);
    }

    /** Lets it be due again after that. */
    void putOff(Duration by, Instant now) {
        wait = by;
        runAt = now.plusMillis(by.toMillis());
    }

    /** Since when it is in its state: one that waits for its next attempt does so since its last one ended. */
    Explanation.Blocker standing() {
        Instant since =
                switch (state) {
                    case RUNNING -> startedAt;
                    case SCHEDULED ->
                        wait != null ? runAt.minusMillis(wait.toMillis()) : startedAt == null ? enqueuedAt : startedAt;
                    default -> runAt;
                };
        return new Explanation.Blocker(asked.id(), state, since);
    }

    void setPriority(int priority) {
        JobSpec spec = asked.spec();
        JobSpec changed =
                new JobSpec(spec.handler(), spec.payload(), priority, spec.retry(), spec.timeout(), spec.options());
        asked = new NewJob(asked.queue(), asked.id(), changed, asked.start(), asked.durability(), asked.idChosen());
    }

    void restart(StartTime start, Instant wanted) {
        runAt = wanted;
        wait = waitOf(start);
    }

    /** The clock has stepped back. */
    void boundWait(Instant now) {
        if (state == JobState.SCHEDULED && wait != null && runAt.isAfter(now.plusMillis(wait.toMillis()))) {
            runAt = now.plusMillis(wait.toMillis());
        }
    }

    @Override
    public String toString() {
        return asked.id() + " p" + asked.spec().priority() + " #" + arrival + " of " + TwinLines.lineOf(this);
    }

    private static Duration waitOf(StartTime start) {
        return start instanceof StartTime.After after ? after.delay() : null;
    }

    static Instant wantedStart(StartTime start, Instant now) {
        if (start instanceof StartTime.At at) {
            return InMemoryJobStore.toMillis(at.time());
        }
        return now.plusMillis(((StartTime.After) start).delay().toMillis());
    }
}
