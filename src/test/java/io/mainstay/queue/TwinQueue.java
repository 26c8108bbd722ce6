package io.mainstay.queue;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.Placed;
import io.mainstay.job.FlowMember;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.job.Transitions.JobEvent;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueueContents;
import io.mainstay.scaling.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One queue of the in-memory store: a map of jobs and nothing derived from it, so that nothing can disagree. Every
 * order is sorted anew when it is asked for. Not thread-safe.
 */
final class TwinQueue {

    private final QueueName name;
    private final Map<JobId, TwinJob> jobs = new HashMap<>();
    private final TwinKeys keys = new TwinKeys();
    /** Of deleted jobs. */
    private final TwinIds ids;

    private final TwinLines lines;
    private final TwinSweep sweep;
    private final TwinClaims claims;
    private final TwinLeaseClock clock = new TwinLeaseClock();
    private final TwinMirror mirror;
    /** What requests about many jobs did, by their tokens. */
    private final Map<String, BulkChanges> changes = new HashMap<>();

    /** For so long after a step of its deletion a queue takes no jobs. */
    private static final Duration DELETING = Duration.ofMinutes(1);

    private Instant deletedAt;
    /** The epoch that ended with the closing of this place. */
    private Long layout;
    /** When it was first seen to have nothing. */
    private Instant idleSince;

    private long arrivals;
    boolean paused;
    /** Is told of jobs that die. */
    private final Consumer<TwinJob> deaths;

    /** Since when, if it is. */
    private Instant pausedAt;
    /** Running jobs that were cancelled. */
    long revoked;

    /** @param run that the store is in */
    TwinQueue(
            QueueName name,
            int sweepLimit,
            Duration aging,
            TwinIds ids,
            Supplier<String> run,
            Consumer<TwinJob> deaths) {
        this.name = name;
        this.mirror = new TwinMirror(name, new OwnJobs(), run);
        this.ids = ids;
        this.deaths = deaths;
        TwinTurns turns = new TwinTurns();
        this.lines = new TwinLines(jobs, sweepLimit, turns);
        this.sweep = new TwinSweep(jobs, lines, clock, () -> ++arrivals, sweepLimit);
        this.claims = new TwinClaims(jobs, lines, turns, clock, sweep, aging);
    }

    QueueName name() {
        return name;
    }

    TwinMirror mirror() {
        return mirror;
    }

    /** Those that are no copies. */
    private final class OwnJobs implements TwinMirror.Jobs {

        @Override
        public TwinJob find(JobId id) {
            return jobs.get(id);
        }

        @Override
        public List<TwinJob> live() {
            return Stream.of(JobState.RUNNING, JobState.READY, JobState.SCHEDULED)
                    .flatMap(TwinQueue.this::in)
                    .toList();
        }

        @Override
        public void add(TwinJob job, Instant now) {
            job.observer = mirror::moved;
            job.deaths = deaths;
            jobs.put(job.asked.id(), job);
            if (!job.state().ended()) {
                boolean due = !job.runAt.isAfter(now);
                job.become(due ? JobState.READY : JobState.SCHEDULED);
                job.arrival = ++arrivals;
                if (!due) {
                    clock.start(now);
                }
                enter(job);
            }
        }

        @Override
        public void remove(TwinJob job) {
            jobs.remove(job.asked.id());
            revoked += job.state() == JobState.RUNNING ? 1 : 0;
            lines.left(job);
        }

        @Override
        public boolean endedAndDeleted(JobId id, Instant now) {
            return ids.endOf(id, now).isPresent();
        }

        @Override
        public TwinMirror.Settings settings(long version) {
            return new TwinMirror.Settings(
                    version, paused, lines.handlers().paused(), lines.limits().get());
        }

        @Override
        public void set(TwinMirror.Settings settings, Instant now) {
            lines.setLimits(settings.limits());
            Set.copyOf(lines.handlers().paused()).forEach(handler -> lines.setPaused(handler, false));
            settings.handlers().forEach(handler -> lines.setPaused(handler, true));
            setPaused(settings.paused(), now);
        }

        @Override
        public long mostWaiting() {
            return lines.limits().get().maxWaiting().orElseThrow();
        }
    }

    TwinIds ids() {
        return ids;
    }

    TwinWakeUps.Sight sight() {
        return new TwinWakeUps.Sight(
                lines.heard(lines.startableHandlers()),
                lines.heard(lines.startableUnlessPaused()),
                lines.limits().allRun(),
                in(JobState.SCHEDULED).findFirst().map(job -> job.runAt));
    }

    /** Whether its limits allow a start. */
    boolean isOpen(Instant now) {
        return !paused && lines.limits().room(now) > 0;
    }

    /** From now on it takes new jobs only from those who know a later epoch. */
    void close(long epoch) {
        layout = layout == null ? epoch : Math.max(layout, epoch);
    }

    /** It takes new jobs from all, unless it was closed at the end of that epoch or later. */
    void open(long epoch) {
        layout = layout != null && layout < epoch ? null : layout;
    }

    Enqueued enqueue(NewJob asked, Admission admission, Instant now) {
        TwinJob existing = jobs.get(asked.id());
        if (existing != null) {
            // An id that was made for this job alone: this very enqueue made it, and the answer was lost.
            return asked.idChosen() ? new Enqueued.Existing(existing.view()) : new Enqueued.Created(existing.view());
        }
        Optional<JobState> end = asked.idChosen() ? ids.endOf(asked.id(), now) : Optional.empty();
        if (end.isPresent()) {
            return new Enqueued.Deleted(name, asked.id(), end.get());
        }
        if (deletedAt != null
                && !deletedAt.isAfter(now)
                && Duration.between(deletedAt, now).compareTo(DELETING) < 0) {
            return new Enqueued.Refused(QueueConflictException.deleting(name));
        }
        if (admission.only() == Admission.Only.OF_OWNER && !mirror.owns()) {
            return new Enqueued.Moved(name, 0);
        }
        if (layout != null && admission.only() == Admission.Only.ALL && layout >= admission.epoch()) {
            return new Enqueued.Moved(name, layout);
        }
        boolean follows = admission.only() == Admission.Only.OF_GROUPS_THERE
                && lines.has(asked.spec().options().group());
        boolean all = admission.only() == Admission.Only.ALL || admission.only() == Admission.Only.OF_OWNER;
        if (!all && !follows) {
            return new Enqueued.NotHere(name);
        }
        UniqueKey unique = asked.spec().options().unique();
        TwinJob holder = unique == null ? null : keys.holder(unique.key(), jobs, now);
        boolean replaces = false;
        if (holder != null) {
            replaces = TwinKeys.waits(holder.state());
            if (unique.onConflict() == UniqueKey.OnConflict.KEEP) {
                return new Enqueued.Existing(holder.view());
            }
            if (unique.onConflict() == UniqueKey.OnConflict.REJECT || holder.state() == JobState.RUNNING) {
                return new Enqueued.Refused(new UniqueConflictException(holder.asked.id(), holder.state()));
            }
            if (replaces) {
                holder.addError(now, "replaced", "job %s took its unique key".formatted(asked.id()));
                holder.move(JobEvent.CANCEL);
                holder.finishedAt = now;
                holder.forgetLease();
                holder.oweFlow(now);
                lines.left(holder);
            }
        }
        long waiting = jobs.values().stream()
                .filter(job -> TwinKeys.waits(job.state()))
                .count();
        long most = lines.limits().get().maxWaiting().orElseThrow();
        if (waiting >= most && !replaces) {
            return new Enqueued.Refused(new QueueFullException(name, waiting, most));
        }
        if (unique != null) {
            keys.hold(unique, asked.id(), now);
        }
        idleSince = null;
        TwinJob job = new TwinJob(asked, now);
        job.observer = mirror::moved;
        job.deaths = deaths;
        job.arrival = ++arrivals;
        jobs.put(asked.id(), job);
        if (job.state() == JobState.SCHEDULED) {
            clock.start(now);
        }
        enter(job);
        return new Enqueued.Created(job.view(), replaces ? holder.view() : null);
    }

    private void enter(TwinJob job) {
        if (job.state() == JobState.READY) {
            lines.entered(job);
        }
    }

    QueueLimits limits() {
        return lines.limits().get();
    }

    void setLimits(QueueLimits limits) {
        lines.setLimits(limits);
        mirror.settingChanged();
    }

    boolean setPaused(HandlerName handler, boolean stop) {
        boolean done = lines.setPaused(handler, stop);
        if (done) {
            mirror.settingChanged();
        }
        return done;
    }

    Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.getOrDefault(id, mirror.heldCopy(id))).map(TwinJob::view);
    }

    Optional<History> history(JobId id) {
        return Optional.ofNullable(jobs.get(id))
                .map(job -> new History(
                        job.view(),
                        Optional.ofNullable(job.token).flatMap(Lease::holder),
                        Optional.ofNullable(job.stack)));
    }

    Optional<List<LogLine>> log(JobId id) {
        return Optional.ofNullable(jobs.get(id)).map(TwinJob::log);
    }

    /** Whether it is of the job's latest claim; only then it is written down. */
    boolean note(JobNote note, Instant now) {
        TwinJob job = jobs.get(note.lease().id());
        boolean theirs = job != null && note.lease().token().equals(job.token);
        if (theirs) {
            job.received = job.claims;
            job.note(note, now);
        }
        return theirs;
    }

    Optional<Explanation> explain(JobId id, Instant now) {
        return Optional.ofNullable(jobs.get(id))
                .map(job -> new Explanation(
                        job.view(),
                        now,
                        paused,
                        in(JobState.RUNNING).count(),
                        ahead(job, now),
                        lease(job),
                        waiting(job, now)));
    }

    private OptionalLong ahead(TwinJob job, Instant now) {
        return job.state() == JobState.READY
                ? OptionalLong.of(new TwinHold(lines, job, now).ahead())
                : OptionalLong.empty();
    }

    private Explanation.Waiting waiting(TwinJob job, Instant now) {
        return job.state() == JobState.READY
                ? new TwinHold(lines, job, now).waiting(in(JobState.RUNNING).toList())
                : Explanation.Waiting.NOTHING;
    }

    private Optional<Explanation.HeldLease> lease(TwinJob job) {
        return job.state() == JobState.RUNNING
                ? Optional.of(new Explanation.HeldLease(clock.asNow(job.leaseUntil), Lease.holder(job.token)))
                : Optional.empty();
    }

    JobPage list(PageRequest page, Set<JobPart> parts) {
        Comparator<Place> order = Place.order(page.state());
        Optional<Place> start = page.cursor().map(Place::ofCursor);
        List<TwinJob> rest = in(page.state())
                .filter(job -> start.isEmpty() || order.compare(Place.of(job), start.get()) > 0)
                .toList();
        List<TwinJob> shown = new ArrayList<>();
        TwinJob last = null;
        long bytes = 0;
        for (TwinJob job : rest.stream().limit(page.lookAt()).toList()) {
            boolean wanted = matches(page.filter(), job);
            bytes += wanted ? job.bytes(parts) : 0;
            if (shown.size() == page.limit() || wanted && !shown.isEmpty() && bytes > JobStore.MOST_PAGE_BYTES) {
                break;
            }
            if (wanted) {
                shown.add(job);
            }
            last = job;
        }
        boolean more = last != null && last != rest.get(rest.size() - 1);
        return new JobPage(
                shown.stream().map(job -> job.view(parts)).toList(),
                shown.stream().map(job -> Place.of(job).position()).toList(),
                more ? Optional.of(Place.of(last).position()) : Optional.empty());
    }

    private static boolean matches(JobFilter filter, TwinJob job) {
        Job seen = job.view();
        return filter.matches(seen)
                && filter.error()
                        .map(error -> seen.state() == JobState.DEAD && error.equals(TwinErrors.fingerprint(seen)))
                        .orElse(true);
    }

    TwinErrors errors() {
        return new TwinErrors(in(JobState.DEAD).map(job -> job.view()).toList());
    }

    Change cancel(JobId id, Instant now) {
        TwinJob copy = mirror.heldCopy(id);
        if (copy != null) {
            copy.observer = mirror::moved;
            mirror.release(copy);
            jobs.put(id, copy);
        }
        TwinJob job = jobs.get(id);
        if (job == null) {
            return new Change.NotFound();
        }
        if (job.state() == JobState.CANCELLED) {
            return new Change.Applied(job.view());
        }
        if (!job.isAllowed(JobEvent.CANCEL)) {
            return new Change.NotAllowed(job.state());
        }
        revoked += job.state() == JobState.RUNNING ? 1 : 0;
        job.move(JobEvent.CANCEL);
        lines.left(job);
        job.finishedAt = now;
        job.forgetLease();
        job.oweFlow(now);
        return new Change.Applied(job.view());
    }

    Change requeue(JobId id, String request, Instant now) {
        TwinJob job = jobs.get(id);
        if (job == null) {
            return new Change.NotFound();
        }
        if (request.equals(job.requeuedBy)) {
            return new Change.Applied(job.view());
        }
        if (!job.isAllowed(JobEvent.REQUEUE)) {
            return new Change.NotAllowed(job.state());
        }
        UniqueKey unique = job.asked.spec().options().unique();
        if (unique != null) {
            TwinJob holder = keys.holder(unique.key(), jobs, now);
            if (holder != null && holder != job) {
                return new Change.KeyTaken(holder.asked.id(), holder.state());
            }
            keys.hold(unique, id, now);
        }
        job.move(JobEvent.REQUEUE);
        job.requeuedBy = request;
        job.forgetLease();
        job.arrival = ++arrivals;
        job.attempt = 0;
        job.runAt = now;
        job.startedAt = null;
        job.finishedAt = null;
        job.result = null;
        job.progress = null;
        job.snoozes = 0;
        job.reruns += job.claims > 0 ? 1 : 0;
        job.returned = 0;
        job.oweFlow(now);
        lines.entered(job);
        return new Change.Applied(job.view());
    }

    Change reschedule(JobId id, Rescheduling change, String request, Instant now) {
        TwinJob job = jobs.get(id);
        if (mirror.heldCopy(id) != null) {
            return new Change.NotAllowed(JobState.SCHEDULED);
        }
        if (job == null) {
            return new Change.NotFound();
        }
        if (request.equals(job.rescheduledBy)) {
            return new Change.Applied(job.view());
        }
        if (!TwinKeys.waits(job.state())) {
            return new Change.NotAllowed(job.state());
        }
        if (change.priority().isPresent() && job.isOrdered()) {
            return new Change.Ordered();
        }
        job.rescheduledBy = request;
        change.priority().ifPresent(job::setPriority);
        change.start().ifPresent(start -> restart(job, start, now));
        mirror.note(id);
        return new Change.Applied(job.view());
    }

    private void restart(TwinJob job, StartTime start, Instant now) {
        Instant wanted = TwinJob.wantedStart(start, now);
        if (wanted.isAfter(now)) {
            if (job.state() == JobState.READY) {
                job.move(JobEvent.POSTPONE);
                lines.postponed(job);
            }
            clock.start(now);
            job.restart(start, wanted);
        } else if (job.state() == JobState.SCHEDULED) {
            sweep.promote(job);
            job.runAt = now;
        }
    }

    BulkChanges change(BulkActionRequest request, Instant now) {
        BulkChanges known = changes.get(request.token());
        if (known != null) {
            return known;
        }
        JobPage page = list(request.page(), EnumSet.allOf(JobPart.class));
        List<StateChange> changed = new ArrayList<>();
        int count = 0;
        for (Job job : page.jobs()) {
            if (matches(request.filter(), jobs.get(job.id())) && apply(request, job.id(), now)) {
                spread(request, job.id(), count, now);
                count++;
                find(job.id()).map(StateChange::of).ifPresent(changed::add);
            }
        }
        int all = count;
        BulkChanges done =
                new BulkChanges(count, changed, page.next(), request.spread().map(spread -> spread.dueOf(all, now)));
        if (count > 0) {
            changes.put(request.token(), done);
        }
        if (request.action() == BulkAction.DELETE) {
            ids.trim(now);
        }
        return done;
    }

    BulkChanges count(BulkActionRequest request) {
        JobPage page = list(request.page(), EnumSet.allOf(JobPart.class));
        long count = page.jobs().stream()
                .filter(job -> matches(request.filter(), jobs.get(job.id())))
                .count();
        return new BulkChanges((int) count, List.of(), page.next());
    }

    private void spread(BulkActionRequest request, JobId id, int before, Instant now) {
        request.spread()
                .map(spread -> spread.dueOf(before, now))
                .filter(due -> due.isAfter(now))
                .ifPresent(due -> restart(jobs.get(id), new StartTime.At(due), now));
    }

    private boolean apply(BulkActionRequest request, JobId id, Instant now) {
        return switch (request.action()) {
            case CANCEL -> cancel(id, now) instanceof Change.Applied;
            case REQUEUE -> requeue(id, request.token(), now) instanceof Change.Applied;
            case DELETE -> {
                if (jobs.get(id).owedSince != null) {
                    yield false;
                }
                delete(jobs.get(id), now);
                yield true;
            }
        };
    }

    Optional<String> latestToken(String claimant, Instant now) {
        return claims.latestToken(claimant, now);
    }

    Claimed claim(ClaimRequest request, Instant now) {
        return mirror.isClosed()
                ? new Claimed(List.of(), false, Optional.of(Duration.ofSeconds(1)))
                : claims.claim(request, paused, now);
    }

    Claimed follow(ClaimRequest request, ClaimSeen seen, Instant now) {
        return claims.follow(request, seen, paused, now);
    }

    Aside aside() {
        return new Aside(lines.resting());
    }

    Settled settle(Settlement report, Instant now) {
        TwinJob job = jobs.get(report.lease().id());
        String token = report.lease().token();
        if (job == null || !token.equals(job.token)) {
            return new Settled.Refused();
        }
        if (report instanceof Settlement.Pend) {
            clock.look(now);
        }
        boolean earlier = job.state() != JobState.RUNNING;
        if (!earlier) {
            apply(report, job, now);
            job.settledBy = job.state() == JobState.RUNNING ? null : kindOf(report);
        }
        if (report instanceof Settlement.Pend) {
            clock.keep(in(JobState.RUNNING).findAny().isPresent(), now);
            return new Settled.Applied(job.state());
        }
        return kindOf(report).equals(job.settledBy) ? new Settled.Applied(job.state(), earlier) : new Settled.Refused();
    }

    private static String kindOf(Settlement report) {
        boolean again =
                report instanceof Settlement.Fail fail && fail.retryAfter().isPresent();
        return report.getClass().getSimpleName() + (again ? " again" : "");
    }

    /** Whether the lease is held; if so it now lasts until {@code now + duration}. */
    boolean extend(Lease lease, Duration duration, Instant now) {
        clock.look(now);
        TwinJob job = jobs.get(lease.id());
        boolean held = job != null && job.isHeldUnder(lease.token());
        if (held) {
            job.leaseUntil = clock.leaseTime(now).plusMillis(duration.toMillis());
            job.received = job.claims;
        }
        clock.keep(in(JobState.RUNNING).findAny().isPresent(), now);
        return held;
    }

    boolean isCancelled(JobId id) {
        return jobs.containsKey(id) && jobs.get(id).state() == JobState.CANCELLED;
    }

    int prune(Retention retention, Instant now) {
        List<TwinJob> pruned = tooOldOrMany(retention, now);
        pruned.forEach(job -> delete(job, now));
        ids.trim(now);
        return pruned.size();
    }

    private void delete(TwinJob job, Instant now) {
        jobs.remove(job.asked.id());
        keys.forget(job.asked);
        ids.remember(job, now);
    }

    /** Oldest first, which after a step back of the clock are those that ended later than now. */
    private List<TwinJob> tooOldOrMany(Retention retention, Instant now) {
        List<TwinJob> newestFirst = in(retention.state()).toList();
        long tooMany = newestFirst.size() - retention.maxCount();
        Instant oldestKept = now.minus(retention.maxAge());
        List<TwinJob> ahead = new ArrayList<>();
        List<TwinJob> others = new ArrayList<>();
        for (int newer = newestFirst.size() - 1; newer >= 0; newer--) {
            TwinJob job = newestFirst.get(newer);
            if (job.owedSince != null) {
                continue;
            }
            if (job.finishedAt.isAfter(now) && ahead.size() < tooMany) {
                ahead.add(job);
            }
            if (newer >= retention.maxCount() || !job.finishedAt.isAfter(oldestKept)) {
                others.add(job);
            }
        }
        return (ahead.isEmpty() ? others : ahead)
                .stream().limit(retention.limit()).toList();
    }

    /** What it needs somebody for; perhaps too early. */
    Stream<DueQueue> due(Instant now) {
        Stream<Instant> claims = Stream.of(
                        in(JobState.SCHEDULED).map(job -> job.runAt),
                        in(JobState.RUNNING).map(job -> job.leaseUntil))
                .flatMap(Function.identity());
        Stream<DueQueue> claim = claims.min(Comparator.naturalOrder()).stream()
                .map(at -> new DueQueue(name, DueWork.CLAIM, Duration.between(now, at), 0));
        Stream<DueQueue> ofHandlers = lines.startableHandlers().stream()
                .map(handler -> new DueQueue(name, DueWork.CLAIM, Duration.ZERO, 0, Optional.of(handler)));
        Stream<DueQueue> news =
                owed(since -> true, 1).stream().map(any -> new DueQueue(name, DueWork.FLOW_NEWS, Duration.ZERO, 0));
        boolean ended = jobs.values().stream().anyMatch(job -> job.state().ended());
        Stream<DueQueue> prune = ended ? Stream.of(new DueQueue(name, DueWork.PRUNE, Duration.ZERO, 0)) : Stream.of();
        return Stream.of(claim, ofHandlers, news, prune).flatMap(Function.identity());
    }

    /** Whether it has had nothing for so long, as far as anybody looked. */
    boolean idleFor(Duration time, Instant now) {
        if (!jobs.isEmpty() || ids.count() > 0) {
            idleSince = null;
            return false;
        }
        if (idleSince == null || idleSince.isAfter(now) || anythingSet()) {
            idleSince = now;
        }
        return !idleSince.plus(time).isAfter(now);
    }

    /** @param listed whether it is known to be there */
    DeletionStep deleteSome(boolean force, int most, boolean listed, Instant now) {
        List<StateChange> cancelled = new ArrayList<>();
        int deleted = 0;
        boolean more = false;
        if (force) {
            deletedAt = now;
            for (JobId id : first(most, JobState.READY, JobState.SCHEDULED, JobState.BLOCKED, JobState.RUNNING)) {
                cancelled.add(StateChange.of(((Change.Applied) cancel(id, now)).job()));
            }
            List<TwinJob> ended = Stream.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED)
                    .flatMap(this::in)
                    .filter(job -> job.owedSince == null)
                    .toList();
            deleted = Math.min(most, ended.size());
            ended.subList(0, deleted).forEach(job -> delete(job, now));
            more = !cancelled.isEmpty() || deleted < ended.size();
            ids.trim(now);
        }
        Map<JobState, Long> left =
                jobs.values().stream().collect(Collectors.groupingBy(TwinJob::state, Collectors.counting()));
        long owed = jobs.values().stream().filter(job -> job.owedSince != null).count();
        QueueContents contents = new QueueContents(left, owed, ids.count(), anythingSet());
        boolean gone = jobs.isEmpty() && (force || !anythingSet() && (!listed || ids.count() == 0));
        return new DeletionStep(gone, more && !gone, cancelled, deleted, contents);
    }

    private List<JobId> first(int most, JobState... states) {
        return Stream.of(states)
                .flatMap(this::in)
                .limit(most)
                .map(job -> job.asked.id())
                .toList();
    }

    private boolean anythingSet() {
        QueueLimits none = QueueLimits.NONE.withMaxWaiting(InMemoryJobStore.MAX_WAITING);
        return paused
                || mirror.isMirrored()
                || !lines.handlers().paused().isEmpty()
                || !lines.limits().get().equals(none);
    }

    boolean forget(JobId id) {
        return jobs.remove(id) != null;
    }

    Placed place(FlowStep step, Instant now) {
        JobId id = step.member().job();
        TwinJob job = jobs.get(id);
        boolean created = job == null;
        boolean changed = created || job.state() == JobState.BLOCKED && step.wish() != FlowStep.Wish.WAIT;
        if (created) {
            NewJob asked = new NewJob(name, id, step.spec(), step.start()).withIdOfItsOwn();
            job = new TwinJob(asked, now, JobState.BLOCKED);
            job.deaths = deaths;
            jobs.put(id, job);
        }
        if (changed && step.wish() == FlowStep.Wish.RUN) {
            job.unblock(step.start(), now);
            if (job.state() == JobState.SCHEDULED) {
                clock.start(now);
            }
            job.arrival = ++arrivals;
            enter(job);
        } else if (changed && step.wish() == FlowStep.Wish.CANCEL) {
            job.move(JobEvent.CANCEL);
            job.finishedAt = now;
        }
        return new Placed(report(job), created, changed ? Optional.of(job.view()) : Optional.empty());
    }

    Optional<FlowReport> handover(JobId id) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.owedSince != null)
                .map(TwinQueue::report);
    }

    List<FlowReport> handovers(Duration olderThan, int max, Instant now) {
        List<TwinJob> old = owed(since -> !since.isAfter(now.minus(olderThan)), max);
        // From the future: the clock has stepped back since.
        List<TwinJob> handedOut = old.isEmpty() ? owed(since -> since.isAfter(now), max) : old;
        handedOut.forEach(job -> job.owedSince = now);
        return handedOut.stream().map(TwinQueue::report).toList();
    }

    private List<TwinJob> owed(Predicate<Instant> wanted, int max) {
        return jobs.values().stream()
                .filter(job -> job.owedSince != null && wanted.test(job.owedSince))
                .sorted(Comparator.comparing((TwinJob job) -> job.owedSince).thenComparing(job -> job.asked.id()))
                .limit(max)
                .toList();
    }

    void handedOver(FlowReport report) {
        TwinJob job = jobs.get(report.member().job());
        if (job != null && job.turn == report.turn()) {
            job.owedSince = null;
        }
    }

    private static FlowReport report(TwinJob job) {
        return new FlowReport(
                FlowMember.of(job.asked.id()).orElseThrow(), job.state(), job.turn, Optional.ofNullable(job.result));
    }

    void pause(boolean wanted, Instant now) {
        setPaused(wanted, now);
        mirror.settingChanged();
    }

    private void setPaused(boolean wanted, Instant now) {
        pausedAt = wanted && paused ? pausedAt : now;
        paused = wanted;
    }

    QueueFigures figures(Instant now) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, in(state).count());
        }
        Map<Integer, TwinJob> firstByPriority = in(JobState.READY)
                .collect(Collectors.toMap(
                        job -> job.asked.spec().priority(), Function.identity(), (first, later) -> first));
        Stream<TwinJob> overdue = in(JobState.SCHEDULED).filter(job -> !job.runAt.isAfter(now));
        Optional<Duration> oldestDue = Stream.concat(firstByPriority.values().stream(), overdue)
                .map(job -> atLeastZero(Duration.between(job.runAt, now)))
                .max(Comparator.naturalOrder());
        return new QueueFigures(
                name,
                paused ? Optional.of(atLeastZero(Duration.between(pausedAt, now))) : Optional.empty(),
                lines.handlers().paused(),
                counts,
                oldestDue,
                ids.forgotten(),
                ids.count(),
                lines.limits().get());
    }

    DueJobs dueJobs(Set<HandlerName> handlers, Instant now) {
        return TwinDueJobs.of(paused, lines.startableUnlessPaused(), handlers, List.copyOf(jobs.values()), now);
    }

    QueueLoad load(Set<HandlerName> handlers, Instant now) {
        long due = in(JobState.SCHEDULED).filter(job -> !job.runAt.isAfter(now)).count();
        return TwinLoad.of(name, paused, lines.waiting(due, handlers), List.copyOf(jobs.values()), handlers, now);
    }

    private void apply(Settlement report, TwinJob job, Instant now) {
        if (report instanceof Settlement.Complete complete) {
            job.move(JobEvent.COMPLETE);
            lines.freeSlot(job);
            job.result = complete.result().orElse(null);
            job.finishedAt = now;
            job.oweFlow(now);
        } else if (report instanceof Settlement.Fail fail) {
            job.addAttemptError(now, fail.type(), fail.message());
            job.stack = fail.stack().isEmpty() ? job.stack : new History.Stack(now, fail.stack());
            if (fail.retryAfter().isPresent() && job.hasAttemptsLeft()) {
                job.move(JobEvent.RETRY);
                job.putOff(fail.retryAfter().get(), now);
                // The others of its group wait for one that keeps the order.
                if (!job.isOrdered()) {
                    lines.freeSlot(job);
                }
            } else {
                job.move(JobEvent.BURY);
                lines.freeSlot(job);
                job.finishedAt = now;
                job.oweFlow(now);
            }
        } else if (report instanceof Settlement.Snooze snooze) {
            snooze(snooze, job, now);
        } else if (report instanceof Settlement.Pend pend) {
            pend(pend, job, now);
        } else {
            lines.freeSlot(job);
            job.move(JobEvent.RELEASE);
            job.attempt--;
            lines.entered(job);
        }
    }

    private void pend(Settlement.Pend pend, TwinJob job, Instant now) {
        if (job.pendingOf != job.claims) {
            job.pendingOf = job.claims;
            job.pendingWait = pend.retryAfter().orElse(null);
            job.leaseUntil = clock.leaseTime(now).plusMillis(pend.timeout().toMillis());
            job.received = job.claims;
        }
    }

    private void snooze(Settlement.Snooze snooze, TwinJob job, Instant now) {
        if (job.snoozes >= snooze.most()) {
            job.addAttemptError(now, "snoozed-too-often", "its handler has put it off too often");
            job.move(JobEvent.BURY);
            lines.freeSlot(job);
            job.finishedAt = now;
            job.oweFlow(now);
        } else {
            job.move(JobEvent.SNOOZE);
            job.snoozes++;
            job.reruns++;
            job.attempt--;
            job.putOff(snooze.pause(), now);
            // The others of its group wait for one that keeps the order.
            if (!job.isOrdered()) {
                lines.freeSlot(job);
            }
        }
    }

    /** The jobs in a state, in that state's order. */
    private Stream<TwinJob> in(JobState state) {
        // Collected first: what the caller does to the jobs must not disturb the stream.
        return jobs.values().stream()
                .filter(job -> job.state() == state)
                .sorted(Comparator.comparing(Place::of, Place.order(state)))
                .toList()
                .stream();
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
