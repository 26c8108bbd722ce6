package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * In which order ready jobs of a queue of the in-memory store start, and which may start at all. The lines themselves are
 * sorted anew from the jobs each time; what is kept is whose turn it is, who counts against a limit, and when something was
 * started.
 */
final class TwinLines {

    /** What becomes of a job that a claim comes to. */
    enum Offer {
        TAKEN,
        /** It is not ready any more. */
        PASSED,
        /** It is too much for the answer, and stays where it is. */
        NO_ROOM
    }

    /** The first of a line; whether they count for the share of those that have aged. */
    private record Taken(List<TwinJob> jobs, boolean mixed) {}

    private static final int AGED_SHARE = 8;
    private static final int LOWEST_TIER = 9;

    private final Map<JobId, TwinJob> jobs;
    private final int sweepLimit;
    private final Duration aging;
    private final TwinBucket bucket = new TwinBucket();
    private final Map<String, TwinBucket> buckets = new HashMap<>();
    private final Map<String, Long> ring = new HashMap<>();
    private final Map<String, Instant> resting = new TreeMap<>();
    private final Map<JobId, String> slots = new HashMap<>();
    private final Set<JobId> parked = new HashSet<>();
    private final Set<HandlerName> resuming = new LinkedHashSet<>();
    private final Set<HandlerName> pausedHandlers = new HashSet<>();
    private long turns;
    private long lineTurn;
    private long mixed;
    /** Whether the claim under way has no room for more. */
    private boolean full;

    private QueueLimits limits = QueueLimits.NONE.withMaxWaiting(InMemoryJobStore.MAX_WAITING);

    TwinLines(Map<JobId, TwinJob> jobs, int sweepLimit, Duration aging) {
        this.jobs = jobs;
        this.sweepLimit = sweepLimit;
        this.aging = aging;
    }

    QueueLimits limits() {
        return limits;
    }

    void setLimits(QueueLimits changed) {
        if (!changed.groupRate().equals(limits.groupRate())) {
            endRests();
        }
        limits = changed;
        new TreeSet<>(slots.values()).forEach(group -> place(group, false));
    }

    Set<HandlerName> pausedHandlers() {
        return pausedHandlers;
    }

    boolean setPaused(HandlerName handler, boolean paused) {
        if (paused) {
            if (!pausedHandlers.contains(handler) && pausedHandlers.size() >= JobStore.MOST_PAUSED_HANDLERS) {
                return false;
            }
            resuming.remove(handler);
            pausedHandlers.add(handler);
        } else {
            pausedHandlers.remove(handler);
            resuming.remove(handler);
            if (!parked(handler).isEmpty()) {
                resuming.add(handler);
            }
        }
        return true;
    }

    /** The job has become ready. */
    void entered(TwinJob job) {
        JobGroup group = group(job);
        if (group != null) {
            place(group.id(), false);
        }
    }

    /** A waiting job has ended without having been claimed. */
    void left(TwinJob job, JobState from) {
        boolean apart = group(job) != null || parked.contains(job.asked.id());
        parked.remove(job.asked.id());
        if (from == JobState.READY && apart && group(job) != null) {
            place(group(job).id(), false);
        }
        freeSlot(job);
    }

    void freeSlot(TwinJob job) {
        String group = slots.remove(job.asked.id());
        if (group != null) {
            place(group, false);
        }
    }

    /** The clock has stepped back: when a rest ends is not known any more. */
    void endRests() {
        resting.replaceAll((group, until) -> Instant.EPOCH);
    }

    /** Looks again at groups that rested, and puts jobs of resumed handlers back in line. */
    void sweep(Instant now) {
        List<String> rested = resting.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(sweepLimit)
                .map(Map.Entry::getKey)
                .toList();
        rested.forEach(group -> {
            resting.remove(group);
            place(group, false);
        });
        for (HandlerName handler : List.copyOf(resuming)) {
            List<TwinJob> back = parked(handler).stream().limit(sweepLimit).toList();
            back.forEach(job -> {
                parked.remove(job.asked.id());
                entered(job);
            });
            if (back.size() < sweepLimit) {
                resuming.remove(handler);
            }
        }
    }

    /** How many jobs may start now, by the limits of the queue. */
    int room(Instant now) {
        int running = running();
        int byConcurrency =
                limits.concurrency().isPresent() ? limits.concurrency().getAsInt() - running : Integer.MAX_VALUE;
        return Math.min(
                byConcurrency,
                limits.rate().map(rate -> bucket.tokens(rate, now)).orElse(Integer.MAX_VALUE));
    }

    boolean anyLeft() {
        return !plainLine().isEmpty() || !ring.isEmpty();
    }

    /** Whether another claim would be of use, if the queue is not paused. */
    boolean more(Instant now) {
        return room(now) > 0 && (anyLeft() || !resuming.isEmpty());
    }

    /** When a limit lets something start that it holds now. */
    Optional<Instant> nextRoom(boolean paused, Instant now) {
        List<Instant> times = new ArrayList<>(resting.values());
        boolean full = limits.concurrency().isPresent()
                && running() >= limits.concurrency().getAsInt();
        if (limits.rate().isPresent() && !paused && !full && (anyLeft() || !resuming.isEmpty())) {
            Rate rate = limits.rate().get();
            if (bucket.tokens(rate, now) < 1) {
                times.add(bucket.next(rate, now));
            }
        }
        return times.stream().min(Comparator.naturalOrder());
    }

    /**
     * Starts up to so many jobs.
     *
     * @param lease called for one job after the other, until there is no room
     */
    List<TwinJob> start(int max, Instant now, Function<TwinJob, Offer> lease) {
        full = false;
        List<TwinJob> started = new ArrayList<>();
        int passed = 0;
        int before;
        boolean drained = false;
        do {
            before = started.size() + passed;
            List<TwinJob> line = plainLine();
            Optional<String> first =
                    ring.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
            int quantum = max - started.size();
            if (first.isPresent()) {
                quantum = Math.max(1, quantum / (ring.size() + (line.isEmpty() ? 0 : 1)));
            }
            if (first.isPresent() && !(!line.isEmpty() && lineTurn < ring.get(first.get()))) {
                passed += startOf(first.get(), quantum, now, lease, started);
            } else {
                Taken taken = take(line, quantum, now);
                passed += handOut(taken, lease, started);
                drained = first.isEmpty() && taken.jobs().size() < quantum;
                if (first.isPresent() && started.size() + passed > before) {
                    lineTurn = ++turns;
                }
            }
        } while (!drained && !full && started.size() + passed > before && started.size() < max && passed < sweepLimit);
        if (limits.rate().isPresent() && !started.isEmpty()) {
            bucket.take(limits.rate().get(), started.size(), now);
        }
        return started;
    }

    Held reasonOf(TwinJob job, Instant now) {
        return new Held(job, now);
    }

    /** What holds a ready job. */
    final class Held {

        private final TwinJob job;
        private final Instant now;

        private Held(TwinJob job, Instant now) {
            this.job = job;
            this.now = now;
        }

        long ahead() {
            return lineOf(job).indexOf(job);
        }

        Optional<WaitReason> limit() {
            if (pausedHandlers.contains(job.asked.spec().handler())) {
                return Optional.of(WaitReason.HANDLER_PAUSED);
            }
            if (limits.concurrency().isPresent()
                    && running() >= limits.concurrency().getAsInt()) {
                return Optional.of(WaitReason.CONCURRENCY);
            }
            if (limits.rate().isPresent() && bucket.tokens(limits.rate().get(), now) < 1) {
                return Optional.of(WaitReason.RATE);
            }
            JobGroup group = group(job);
            if (group == null) {
                return Optional.empty();
            }
            if (limits.groupRate().isPresent()
                    && bucket(group.id()).tokens(limits.groupRate().get(), now) < 1) {
                return Optional.of(WaitReason.GROUP_RATE);
            }
            if (group.ordered()) {
                boolean waits = ahead() > 0 || busy(group.id()) > 0 && !slots.containsKey(job.asked.id());
                return waits ? Optional.of(WaitReason.GROUP_ORDER) : Optional.empty();
            }
            return limits.groupConcurrency().isPresent()
                            && busy(group.id()) >= limits.groupConcurrency().getAsInt()
                    ? Optional.of(WaitReason.GROUP_CONCURRENCY)
                    : Optional.empty();
        }
    }

    /** Jobs that wait and that no limit holds. */
    long startable(long dueSoon) {
        long apart = jobs.values().stream()
                .filter(job -> job.state() == JobState.READY && isApart(job))
                .count();
        long byGroups = ring.isEmpty()
                ? 0
                : limits.groupConcurrency().isPresent()
                        ? (long) ring.size() * limits.groupConcurrency().getAsInt()
                        : Long.MAX_VALUE;
        long waiting = plainLine().size() + dueSoon + Math.min(apart, byGroups);
        return limits.concurrency().isPresent()
                ? Math.min(waiting, Math.max(0, limits.concurrency().getAsInt() - running()))
                : waiting;
    }

    /** @return how many jobs, or groups, it came to for nothing */
    private int startOf(String group, int quantum, Instant now, Function<TwinJob, Offer> lease, List<TwinJob> started) {
        List<TwinJob> line = line(group);
        boolean may = !line.isEmpty() && mayStart(line.get(0), group);
        int count = may ? 1 : 0;
        if (may && !group(line.get(0)).ordered()) {
            int room = limits.groupConcurrency().isPresent()
                    ? limits.groupConcurrency().getAsInt() - busy(group)
                    : Integer.MAX_VALUE;
            int unordered =
                    (int) line.stream().filter(job -> !group(job).ordered()).count();
            count = Math.max(1, Math.min(Math.min(quantum, room), unordered));
        }
        if (may && limits.groupRate().isPresent()) {
            Rate rate = limits.groupRate().get();
            int tokens = bucket(group).tokens(rate, now);
            if (tokens < 1) {
                ring.remove(group);
                resting.put(group, bucket(group).next(rate, now));
                return 1;
            }
            count = Math.min(count, tokens);
        }
        if (count == 0) {
            place(group, false);
            return 1;
        }
        int before = started.size();
        Taken taken = group(line.get(0)).ordered() ? new Taken(List.of(line.get(0)), false) : take(line, count, now);
        int passed = handOut(taken, lease, started);
        List<TwinJob> latest = started.subList(before, started.size());
        latest.forEach(job -> slots.put(job.asked.id(), group));
        if (limits.groupRate().isPresent() && !latest.isEmpty()) {
            bucket(group).take(limits.groupRate().get(), latest.size(), now);
        }
        place(group, !latest.isEmpty() || !full);
        return passed;
    }

    private int handOut(Taken taken, Function<TwinJob, Offer> lease, List<TwinJob> started) {
        int passed = 0;
        for (int i = 0; i < taken.jobs().size() && !full; i++) {
            TwinJob job = taken.jobs().get(i);
            switch (lease.apply(job)) {
                case TAKEN -> started.add(job);
                case PASSED -> passed++;
                case NO_ROOM -> {
                    full = true;
                    mixed -= taken.mixed() ? taken.jobs().size() - i : 0;
                }
            }
        }
        return passed;
    }

    /** What a job that was started took of rates comes back. */
    void notStarted(TwinJob job, Instant now) {
        limits.rate().ifPresent(rate -> bucket.take(rate, -1, now));
        if (group(job) != null) {
            limits.groupRate().ifPresent(rate -> bucket(group(job).id()).take(rate, -1, now));
        }
    }

    /** Sets a job aside whose handler is paused. */
    boolean park(TwinJob job) {
        if (!pausedHandlers.contains(job.asked.spec().handler())) {
            return false;
        }
        parked.add(job.asked.id());
        if (group(job) != null && group(job).ordered()) {
            slots.put(job.asked.id(), group(job).id());
        }
        return true;
    }

    private Taken take(List<TwinJob> line, int count, Instant now) {
        List<TwinJob> taken = new ArrayList<>(line.subList(0, Math.min(count, line.size())));
        List<TwinJob> rest = line.subList(taken.size(), line.size());
        if (taken.size() < count || rest.isEmpty()) {
            return new Taken(taken, false);
        }
        int tier = tier(taken.get(count - 1));
        if (tier(rest.get(rest.size() - 1)) <= tier) {
            return new Taken(taken, false);
        }
        int counted = (int) (mixed % AGED_SHARE);
        long quota = (mixed + count) / AGED_SHARE - mixed / AGED_SHARE;
        mixed += count;
        List<TwinJob> heads = new ArrayList<>();
        for (int lower = tier + 1; lower <= LOWEST_TIER; lower++) {
            int wanted = lower;
            rest.stream().filter(job -> tier(job) == wanted).limit(quota).forEach(heads::add);
        }
        List<TwinJob> aged = heads.stream()
                .sorted(Comparator.comparingLong(job -> job.arrival))
                .filter(job -> !job.runAt.plus(aging).isAfter(now) || job.runAt.isAfter(now))
                .limit(quota)
                .toList();
        taken = taken.subList(0, count - aged.size());
        for (int i = 0; i < aged.size(); i++) {
            taken.add((i + 1) * AGED_SHARE - counted - 1, aged.get(i));
        }
        return new Taken(taken, true);
    }

    private void place(String group, boolean moved) {
        List<TwinJob> line = line(group);
        if (line.isEmpty() || !mayStart(line.get(0), group)) {
            ring.remove(group);
            resting.remove(group);
        } else if (!resting.containsKey(group) && (moved || !ring.containsKey(group))) {
            ring.put(group, ++turns);
        }
    }

    private boolean mayStart(TwinJob head, String group) {
        if (slots.containsKey(head.asked.id())) {
            return true;
        }
        if (group(head).ordered()) {
            return busy(group) == 0;
        }
        return limits.groupConcurrency().isEmpty()
                || busy(group) < limits.groupConcurrency().getAsInt();
    }

    private int busy(String group) {
        return (int) slots.values().stream().filter(group::equals).count();
    }

    private int running() {
        return (int) jobs.values().stream()
                .filter(job -> job.state() == JobState.RUNNING)
                .count();
    }

    private TwinBucket bucket(String group) {
        return buckets.computeIfAbsent(group, unknown -> new TwinBucket());
    }

    private List<TwinJob> lineOf(TwinJob job) {
        if (parked.contains(job.asked.id())) {
            return parked(job.asked.spec().handler());
        }
        return group(job) == null ? plainLine() : line(group(job).id());
    }

    private List<TwinJob> plainLine() {
        return sorted(job -> !isApart(job));
    }

    private List<TwinJob> line(String group) {
        return sorted(job -> group(job) != null && group(job).id().equals(group) && !parked.contains(job.asked.id()));
    }

    private List<TwinJob> parked(HandlerName handler) {
        return sorted(job ->
                parked.contains(job.asked.id()) && job.asked.spec().handler().equals(handler));
    }

    private List<TwinJob> sorted(Predicate<TwinJob> wanted) {
        return jobs.values().stream()
                .filter(job -> job.state() == JobState.READY && wanted.test(job))
                .sorted(Comparator.comparing(Place::of, Place.order(JobState.READY)))
                .toList();
    }

    private boolean isApart(TwinJob job) {
        return group(job) != null || parked.contains(job.asked.id());
    }

    private static int tier(TwinJob job) {
        return group(job) != null && group(job).ordered()
                ? LOWEST_TIER + 1
                : LOWEST_TIER - job.asked.spec().priority();
    }

    private static JobGroup group(TwinJob job) {
        return job.asked.spec().options().group();
    }
}
