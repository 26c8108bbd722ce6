package io.mainstay.redis.store;

import io.mainstay.bulk.BulkAction;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.changes.LimitName;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.route.Served;
import io.mainstay.queue.route.TargetRoom;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes up operations: few queues and few ids, so that they meet, and many references to what was done before, some of
 * it long ago. Whatever is timed is over by the next operation ({@link #MOMENT}) or outlasts the run, so that the two
 * clocks need not agree.
 */
final class OperationSource {

    /** A time-out that has passed before the next operation: the run waits longer than that between any two. */
    static final Duration MOMENT = Duration.ofMillis(1);

    static final List<QueueName> QUEUES =
            Stream.of("a", "b.two", "c-3").map(QueueName::new).toList();

    private static final List<HandlerName> HANDLERS =
            Stream.of("echo", "mail", "http").map(HandlerName::new).toList();
    private static final List<String> TARGETS = List.of("https://a:443", "https://b:443", "https://c:443");
    private static final int IDS = 20;
    /** Of a payload, and of answers to claims that have room for so many of these. What else a job has is far less. */
    private static final int LARGE = 40_000;

    private static final List<Integer> ROOM = List.of(1, LARGE + 20_000, 2 * LARGE + 20_000, ClaimRequest.MOST_BYTES);
    private static final int REMEMBERED = 40;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant FAR_AHEAD = Instant.parse("2100-01-01T00:00:00Z");

    private static final List<UniqueKey.Until> UNTIL = List.of(
            UniqueKey.Until.START,
            UniqueKey.Until.END,
            new UniqueKey.Until.Time(MOMENT),
            new UniqueKey.Until.Time(HOUR));
    private static final List<UniqueKey.OnConflict> ON_CONFLICT = List.of(UniqueKey.OnConflict.values());

    private final Random random;
    private final List<Operation.Claim> claims = new ArrayList<>();
    private final List<Operation.Requeue> requeues = new ArrayList<>();
    private final List<Operation.Reschedule> reschedules = new ArrayList<>();
    private final List<Operation.BulkChange> changes = new ArrayList<>();
    private final List<Operation.Settle> settles = new ArrayList<>();
    private final Map<QueueName, List<Lease>> leases = new HashMap<>();
    private final FlowOperationSource flows;
    private int made;

    OperationSource(Random random) {
        this.random = random;
        this.flows = new FlowOperationSource(random);
        QUEUES.forEach(queue -> leases.put(queue, new ArrayList<>()));
    }

    /** What requests about many jobs did is remembered for a minute of Redis's clock; a repeat comes sooner. */
    void clockStepped() {
        changes.clear();
    }

    Operation next() {
        int dice = random.nextInt(153);
        if (dice >= 150) {
            return notices(dice == 150);
        } else if (dice >= 148) {
            return changedLimits();
        } else if (dice >= 144) {
            return remember(reschedules, reschedule());
        } else if (dice >= 140) {
            return dice == 140 ? find() : note();
        } else if (dice >= 136) {
            return limits();
        } else if (dice >= 130) {
            return new Operation.Explain(queue(), id());
        } else if (dice >= 100) {
            return flows.next();
        } else if (dice < 30) {
            return enqueue();
        } else if (dice < 48) {
            return remember(claims, claim());
        } else if (dice < 70) {
            return remember(settles, settle());
        } else if (dice < 75) {
            return extend();
        } else if (dice < 79) {
            return new Operation.Cancel(queue(), id());
        } else if (dice < 81) {
            return bulkChange();
        } else if (dice < 85) {
            return remember(requeues, requeue());
        } else if (dice < 91) {
            return prune();
        } else if (dice < 94) {
            return new Operation.SetPaused(queue(), oneIn(4));
        } else if (dice == 94) {
            return new Operation.PauseHandler(queue(), any(HANDLERS), oneIn(3));
        } else if (dice < 96) {
            return find();
        }
        return new Operation.ListPage(
                queue(),
                any(List.of(JobState.values())),
                random.nextBoolean(),
                1 + random.nextInt(4),
                random.nextBoolean() ? JobFilter.ALL : filter());
    }

    /** Tells which leases a claim brought, so that later operations can use them. */
    void leased(QueueName queue, List<Lease> brought) {
        brought.forEach(lease -> remember(leases.get(queue), lease));
    }

    private Operation enqueue() {
        StartTime start =
                switch (random.nextInt(40)) {
                    case 0 -> new StartTime.After(HOUR.multipliedBy(1 + random.nextInt(3)));
                    case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> new StartTime.After(MOMENT);
                    case 16 -> new StartTime.At(FAR_AHEAD.plus(Duration.ofDays(random.nextInt(3))));
                    case 17, 18, 19 -> new StartTime.At(Instant.EPOCH.plusSeconds(random.nextInt(1000)));
                    default -> StartTime.NOW;
                };
        JobDraft job = JobDraft.job(queue(), id().value())
                .starting(start)
                .priority(any(List.of(0, 4, 4, 4, 9)))
                .maxAttempts(1 + random.nextInt(3));
        job = oneIn(3) ? job.unique("k" + random.nextInt(3), any(UNTIL), any(ON_CONFLICT)) : job;
        job = oneIn(10) ? job.within(oneIn(2) ? MOMENT : HOUR) : job;
        job = oneIn(4) ? job.ofBytes(LARGE) : job;
        if (oneIn(3)) {
            String group = "g" + random.nextInt(3);
            job = oneIn(3) ? job.inOrderOf(group) : job.group(group);
        }
        return new Operation.Enqueue(handledBySome((oneIn(8) ? job.expiresIn(oneIn(2) ? MOMENT : HOUR) : job).build()));
    }

    private Operation notices(boolean wants) {
        if (!wants) {
            return new NoticeOperation.Notices(oneIn(2));
        }
        List<String> patterns = List.of("*", "a", "b.*", "c-3", "d");
        return new NoticeOperation.Want(
                ++made,
                oneIn(4) ? List.of() : List.of(any(patterns), any(patterns)),
                oneIn(4) ? List.of() : List.of(any(patterns)));
    }

    private Operation limits() {
        return new Operation.SetLimits(queue(), oneIn(4) ? QueueLimits.NONE : someLimits());
    }

    private QueueLimits someLimits() {
        return new QueueLimits(
                oneIn(4) ? OptionalLong.of(random.nextInt(IDS)) : OptionalLong.empty(),
                oneIn(4) ? OptionalInt.of(1 + random.nextInt(4)) : OptionalInt.empty(),
                rate(),
                oneIn(3) ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(2)),
                rate());
    }

    private Operation changedLimits() {
        Set<LimitName> names =
                Stream.of(LimitName.values()).filter(name -> oneIn(2)).collect(Collectors.toSet());
        return new Operation.ChangeLimits(queue(), new LimitsPatch(names, someLimits()));
    }

    private Operation.Reschedule reschedule() {
        if (!reschedules.isEmpty() && oneIn(4)) {
            return recent(reschedules);
        }
        Optional<StartTime> start = oneIn(3)
                ? Optional.empty()
                : Optional.of(any(List.of(
                        StartTime.NOW,
                        StartTime.NOW,
                        new StartTime.After(MOMENT),
                        new StartTime.After(HOUR),
                        new StartTime.At(FAR_AHEAD),
                        new StartTime.At(Instant.EPOCH))));
        OptionalInt priority = oneIn(2) ? OptionalInt.empty() : OptionalInt.of(any(List.of(0, 4, 9)));
        return new Operation.Reschedule(queue(), id(), new Rescheduling(priority, start), "s" + ++made);
    }

    private Optional<Rate> rate() {
        return oneIn(3) ? Optional.of(new Rate(1 + random.nextInt(3), oneIn(2) ? HOUR : MOMENT)) : Optional.empty();
    }

    private NewJob handledBySome(NewJob job) {
        JobSpec spec = job.spec();
        HandlerName handler = any(HANDLERS);
        JobOptions options =
                handler.value().equals("http") && !oneIn(4) ? goingSomewhere(spec.options()) : spec.options();
        JobSpec other = new JobSpec(handler, spec.payload(), spec.priority(), spec.retry(), spec.timeout(), options);
        return new NewJob(job.queue(), job.id(), other, job.start());
    }

    private JobOptions goingSomewhere(JobOptions options) {
        return new JobOptions(
                options.trace(),
                options.unique(),
                options.expiresIn(),
                options.group(),
                options.deadline(),
                any(TARGETS));
    }

    private Operation.Claim claim() {
        if (!claims.isEmpty() && oneIn(5)) {
            Operation.Claim again = recent(claims);
            return oneIn(2) ? again : new Operation.Claim(again.request().withBytes(any(ROOM)));
        }
        String claimant = "worker-" + random.nextInt(3);
        String token = claimant + ".t" + ++made;
        Duration lease = oneIn(5) ? MOMENT : HOUR.multipliedBy(1 + random.nextInt(2));
        return new Operation.Claim(
                new ClaimRequest(queue(), claimant, token, random.nextInt(5), any(ROOM), lease, served()));
    }

    /** All, or some handlers and few jobs of some targets. */
    private Served served() {
        if (oneIn(3)) {
            return Served.of(Set.copyOf(HANDLERS));
        }
        Set<HandlerName> handlers =
                HANDLERS.stream().filter(handler -> !oneIn(3)).collect(Collectors.toSet());
        Map<String, Integer> rooms = new HashMap<>();
        TARGETS.stream().filter(target -> oneIn(3)).forEach(target -> rooms.put(target, random.nextInt(3)));
        return new Served(handlers, new TargetRoom(oneIn(2) ? Integer.MAX_VALUE : 1 + random.nextInt(2), rooms));
    }

    private Operation.Settle settle() {
        if (!settles.isEmpty() && oneIn(4)) {
            return recent(settles);
        }
        QueueName queue = queue();
        Map<JobId, Settlement> reports = new HashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Lease lease = lease(queue);
            reports.put(lease.id(), report(lease));
        }
        // Each kind is a script of its own on Redis, perhaps a millisecond after the other one: then the twin, which
        // does all at
        // once, would have another order.
        Class<?> kind = any(List.copyOf(reports.values())).getClass();
        List<Settlement> batch = new ArrayList<>(
                reports.values().stream().filter(kind::isInstance).toList());
        if (oneIn(5)) {
            batch.add(any(batch));
        }
        return new Operation.Settle(queue, batch);
    }

    private Settlement report(Lease lease) {
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                new Settlement.Complete(lease, oneIn(2) ? Optional.empty() : Optional.of(new Json("[" + ++made + "]")));
            case 2 -> new Settlement.Release(lease);
            case 6 ->
                new Settlement.Snooze(lease, oneIn(12) ? HOUR : any(List.of(Duration.ZERO, MOMENT)), random.nextInt(3));
            case 3 -> new Settlement.Fail(lease, "final", "", Optional.empty());
            default ->
                new Settlement.Fail(
                        lease,
                        "again",
                        "broken \"" + made,
                        Optional.of(oneIn(12) ? HOUR : any(List.of(Duration.ZERO, MOMENT))));
        };
    }

    private Operation find() {
        return new Operation.Find(queue(), id());
    }

    private Operation note() {
        QueueName queue = queue();
        Optional<JobNote.Said> said = oneIn(3)
                ? Optional.empty()
                : Optional.of(new JobNote.Said(50 * random.nextInt(3), oneIn(2) ? "" : "so far"));
        List<JobNote.Line> lines = Stream.generate(() -> new JobNote.Line(Duration.ZERO, "said " + ++made))
                .limit(random.nextInt(4))
                .toList();
        return new Operation.Note(
                queue, List.of(new JobNote(lease(queue), 1 + random.nextInt(2), said, 1 + random.nextInt(3), lines)));
    }

    private Operation extend() {
        QueueName queue = queue();
        List<Lease> asked = Stream.generate(() -> lease(queue))
                .limit(1 + random.nextInt(4))
                .distinct()
                .toList();
        return new Operation.Extend(queue, asked, oneIn(5) ? MOMENT : HOUR);
    }

    private Operation.Requeue requeue() {
        if (!requeues.isEmpty() && oneIn(3)) {
            return recent(requeues);
        }
        return new Operation.Requeue(queue(), id(), "r" + ++made);
    }

    private Operation bulkChange() {
        if (!changes.isEmpty() && oneIn(5)) {
            return recent(changes);
        }
        BulkAction action = any(List.of(BulkAction.values()));
        JobState state =
                any(Arrays.stream(JobState.values()).filter(action::allows).toList());
        JobFilter filter = filter();
        return remember(changes, new Operation.BulkChange(queue(), action, state, filter, oneIn(2), "m" + ++made));
    }

    private JobFilter filter() {
        return new JobFilter(
                oneIn(3) ? Optional.of(any(HANDLERS)) : Optional.empty(),
                oneIn(6) ? Optional.of("g" + random.nextInt(3)) : Optional.empty(),
                oneIn(4) ? Optional.of(any(List.of("again", "final"))) : Optional.empty(),
                Optional.empty(),
                oneIn(6) ? Optional.of(any(List.of(Instant.EPOCH, FAR_AHEAD))) : Optional.empty(),
                oneIn(6) ? Optional.of(any(List.of(Instant.EPOCH, FAR_AHEAD))) : Optional.empty());
    }

    private Operation prune() {
        JobState state = any(List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED));
        Duration maxAge = oneIn(3) ? Duration.ZERO : HOUR;
        return new Operation.Prune(queue(), new Retention(state, maxAge, random.nextInt(4), 1 + random.nextInt(6)));
    }

    /** Most often one that was given lately, sometimes one that nobody was ever given. */
    private Lease lease(QueueName queue) {
        List<Lease> given = leases.get(queue);
        return given.isEmpty() || oneIn(12) ? new Lease(id(), "t" + random.nextInt(made + 1)) : recent(given);
    }

    private QueueName queue() {
        return any(QUEUES);
    }

    private JobId id() {
        return oneIn(8) ? flows.member().job() : new JobId("job-" + random.nextInt(IDS));
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The later, the likelier. */
    private <T> T recent(List<T> values) {
        double squeezed = Math.pow(random.nextDouble(), 3);
        return values.get(values.size() - 1 - (int) (squeezed * values.size()));
    }

    private static <T> T remember(List<T> values, T value) {
        values.add(value);
        if (values.size() > REMEMBERED) {
            values.remove(0);
        }
        return value;
    }
}
